"""Read a certificate, and make one for who has none: self-signed, with the OIN where PKIoverheid puts it."""

from datetime import datetime, timedelta

from simulator.aansluiting.errors import CertificaatOngeldig
from simulator.aansluiting.values import Certificaat

_LONGEST_NAME = 400
_GELDIG = timedelta(days=3 * 365)
_COMMON_NAME = 64


def read_certificaat(pem: str) -> Certificaat:
    """What the first certificate in the PEM says; raises ``CertificaatOngeldig`` for what is none."""
    from cryptography import x509  # noqa: PLC0415 - 40 ms of every start, for the few who bring a certificate
    from cryptography.hazmat.primitives.hashes import SHA256  # noqa: PLC0415 - see above
    from cryptography.x509.oid import NameOID  # noqa: PLC0415 - see above

    try:
        found = x509.load_pem_x509_certificate(pem.encode())
        subject = found.subject
    except ValueError as error:
        raise CertificaatOngeldig("Dit is geen certificaat in PEM.", ontvangen="iets anders") from error
    oins = subject.get_attributes_for_oid(NameOID.SERIAL_NUMBER)
    return Certificaat(
        onderwerp=subject.rfc4514_string()[:_LONGEST_NAME],
        oin=str(oins[0].value) if len(oins) == 1 else "",
        geldig_van=found.not_valid_before_utc,
        geldig_tot=found.not_valid_after_utc,
        vingerafdruk=found.fingerprint(SHA256()).hex(),
    )


def make_certificaat(oin: str, naam: str, moment: datetime) -> str:
    """A certificate in PEM that is valid for three years from ``moment``; its key is thrown away."""
    from cryptography import x509  # noqa: PLC0415 - see above
    from cryptography.hazmat.primitives import serialization  # noqa: PLC0415 - see above
    from cryptography.hazmat.primitives.asymmetric import ec  # noqa: PLC0415 - see above
    from cryptography.hazmat.primitives.hashes import SHA256  # noqa: PLC0415 - see above
    from cryptography.x509.oid import NameOID  # noqa: PLC0415 - see above

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, naam[:_COMMON_NAME]),
            x509.NameAttribute(NameOID.SERIAL_NUMBER, oin),
        ]
    )
    builder = x509.CertificateBuilder(
        issuer_name=name,
        subject_name=name,
        public_key=key.public_key(),
        serial_number=x509.random_serial_number(),
        not_valid_before=moment.replace(microsecond=0),
        not_valid_after=moment.replace(microsecond=0) + _GELDIG,
    )
    return builder.sign(key, SHA256()).public_bytes(serialization.Encoding.PEM).decode()
