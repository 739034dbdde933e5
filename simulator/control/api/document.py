"""The API object that the routes of this package register themselves on."""

from simulator.infra.openapi import BEARER, Api

api = Api(
    "control",
    "/__admin/v1",
    title="Beheer van de simulator",
    description=(
        "Omgevingen maken en legen, de klok zetten, personen en Afnemers veranderen, en zien wat er gebeurde. "
        "Werkt op de omgeving die de header X-Simulator-Omgeving noemt (zonder header: standaard)."
    ),
)
api.security = BEARER
