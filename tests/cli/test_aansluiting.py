from tests.cli.conftest import Shell

NIEUW = "00000099000000005000"
FASEN = ("voorbereiding", "preproductie", "testen", "productie")


def test_a_trainer_walks_the_road_from_the_form_to_the_end(shell: Shell) -> None:
    begun = shell.run("aansluiting", "aanvragen", NIEUW, "Gemeente Nieuw")
    assert begun.exit_code == 0, begun.output
    assert "shown only this once" in begun.stdout
    assert "VW-2.2-aanvraagformulier" in begun.stdout
    refused = shell.run("aansluiting", "volgende", NIEUW)
    assert (refused.exit_code, "AS-eisen" in refused.stderr) == (1, True)
    taken = begun
    for fase in FASEN:
        taken = shell.run("aansluiting", "volgende", NIEUW, "--vul-aan")
        assert taken.exit_code == 0, taken.output
        assert f"fase         {fase}" in taken.stdout
    assert "approved by hand: the test report" in taken.stdout
    assert "supplied, invented: De Serviceniveau Overeenkomst (SNO) is niet ondertekend." in taken.stdout
    assert "open         ja" in shell.run("aansluiting", "show", NIEUW).stdout
    ended = shell.json("aansluiting", "beeindig", NIEUW)
    assert (ended["fase"], ended["sluiting"]) == ("beeindigd", "beeindigd")
    assert NIEUW in shell.run("aansluiting", "list").stdout


def test_production_and_the_end_may_come_later(shell: Shell) -> None:
    shell.run("klok", "set", "stil", "--moment", "2026-03-01T09:00:00Z")
    shell.run("aansluiting", "aanvragen", NIEUW, "Gemeente Nieuw", "--dienst", "lopende-zaken", "--sector", "rijk")
    flags = ("--dienst", "lopende-zaken", "--startdatum", "2026-04-01")
    for _ in FASEN:
        shell.run("aansluiting", "volgende", NIEUW, "--vul-aan", *flags)
    shell.run("aansluiting", "beeindig", NIEUW, "--dienst", "lopende-zaken", "--per", "2026-05-01")
    seen = []
    for duur in ("P30D", "P1D", "P30D"):
        shell.run("klok", "vooruit", duur)
        shown = shell.json("aansluiting", "show", NIEUW, "--dienst", "lopende-zaken")
        seen.append((shown["fase"], shown["sluiting"]))
    assert seen == [("productie", "niet-in-productie"), ("productie", None), ("beeindigd", "beeindigd")]


def test_a_test_report_is_approved_by_hand(shell: Shell) -> None:
    shell.run("aansluiting", "aanvragen", NIEUW, "Gemeente Nieuw")
    early = shell.run("aansluiting", "testrapport", NIEUW)
    assert (early.exit_code, "AS-volgorde" in early.stderr) == (1, True)
    for _ in FASEN[:3]:
        shell.run("aansluiting", "volgende", NIEUW, "--vul-aan")
    assert shell.json("aansluiting", "testrapport", NIEUW, "--door", "T. Oetser")["testrapport"]["door"] == "T. Oetser"
