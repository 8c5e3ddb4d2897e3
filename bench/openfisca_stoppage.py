"""The stoppage rule for one person and one month in OpenFisca-core, to stand beside ours.

How to run it: see rulebook_speed.py. OpenFisca is not a dependency of the project. It is made for
whole populations at once; here it does what a worker's question needs, one person at a time.
"""

from __future__ import annotations

import statistics
import time

from openfisca_core.entities import Entity
from openfisca_core.parameters import ParameterNode
from openfisca_core.periods import MONTH
from openfisca_core.simulation_builder import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

PERSON = Entity("person", "persons", "A worker", "")
MONTH_ASKED, ROUNDS, PEOPLE = "2020-03", 5, 300


class monthly_wage(Variable):
    value_type, entity, definition_period = float, PERSON, MONTH


class cycle(Variable):
    value_type, entity, definition_period = int, PERSON, MONTH


class stoppage_pay(Variable):
    value_type, entity, definition_period = float, PERSON, MONTH

    def formula(person, period, parameters):
        law = parameters(period)
        first = person("cycle", period) == 1
        later = law.min_wage * law.living_allowance_rate
        return first * person("monthly_wage", period) + (1 - first) * later


def system() -> TaxBenefitSystem:
    """Henan's first tier, as our rulebook has it."""
    made = TaxBenefitSystem([PERSON])
    made.parameters = ParameterNode(
        "",
        data={
            "min_wage": {"values": {"2018-10-01": {"value": 1900}, "2022-01-01": {"value": 2000}}},
            "living_allowance_rate": {"values": {"2020-01-26": {"value": 0.8}}},
        },
    )
    for variable in (monthly_wage, cycle, stoppage_pay):
        made.add_variable(variable)
    return made


def main() -> None:
    """Print the rate of whole questions: build the simulation of one person, work it out."""
    law = system()
    person = {"monthly_wage": {MONTH_ASKED: 4000}, "cycle": {MONTH_ASKED: 2}}
    rates = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        for _ in range(PEOPLE):
            built = SimulationBuilder().build_from_entities(law, {"persons": {"one": person}})
            paid = built.calculate("stoppage_pay", MONTH_ASKED)[0]
        rates.append(PEOPLE / (time.perf_counter() - start))
    assert round(float(paid), 2) == 1520
    print(f"OpenFisca-core, one person, one month: {statistics.median(rates):,.0f} evaluations/s")


if __name__ == "__main__":
    main()
