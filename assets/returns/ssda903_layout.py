"""SSDA903 as tables of columns, and what each column becomes. Definitions only, no reading."""

from dataclasses import dataclass

from assets.returns.layout import Field, fields_of


@dataclass(frozen=True)
class Table:
    """One SSDA903 table: its name, and every field that is read from it."""

    name: str
    fields: tuple[Field, ...]

    @property
    def entity(self) -> str:
        """The entity that this table is mainly about."""
        return self.fields[-1].entity

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the columns read, each once, in file order; the child's id is not among them."""
        return tuple(dict.fromkeys(field.column for field in self.fields))


_DATE_OF_BIRTH = Field("DOB", "children", "date_of_birth", "day_first", optional=True)

# In the order in which children who are not in Header are given their positions.
SSDA903_TABLES = (
    Table(
        "Header",
        (
            Field("SEX", "children", "sex", "sex"),
            Field("DOB", "children", "date_of_birth", "day_first"),
            Field("ETHNIC", "children", "ethnicity"),
            Field("UPN", "children", "unique_pupil_number"),
            Field("MOTHER", "children", "is_mother", "flag"),
            Field("MC_DOB", "children", "mother_child_date_of_birth", "day_first"),
            Field("UASC", "children", "uasc_flag", "flag", optional=True),
            Field("UASC_STATUS", "children", "uasc_status", "flag", optional=True),
        ),
    ),
    Table(
        "Episodes",
        fields_of(
            "placements",
            ("DECOM", "start_date", "day_first"),
            ("RNE", "start_reason"),
            ("LS", "legal_status"),
            ("CIN", "primary_need"),
            ("PLACE", "placement_type"),
            ("PLACE_PROVIDER", "placement_provider"),
            ("DEC", "end_date", "day_first"),
            ("REC", "end_reason"),
            ("REASON_PLACE_CHANGE", "change_reason"),
            ("HOME_POST", "home_postcode"),
            ("PL_POST", "placement_postcode"),
            ("URN", "urn"),
        ),
    ),
    Table(
        "Reviews",
        (
            _DATE_OF_BIRTH,
            *fields_of("reviews", ("REVIEW", "review_date", "day_first"), ("REVIEW_CODE", "participation")),
        ),
    ),
    Table(
        "UASC",
        (
            _DATE_OF_BIRTH,
            Field("SEX", "children", "sex", "sex", optional=True),
            Field("DUC", "children", "uasc_end_date", "day_first"),
        ),
    ),
    Table(
        "OC2",
        (
            _DATE_OF_BIRTH,
            *fields_of("sdq_assessments", ("SDQ_SCORE", "score", "number"), ("SDQ_REASON", "no_score_reason")),
            *fields_of(
                "cla_health",
                ("CONVICTED", "convicted"),
                ("HEALTH_CHECK", "health_check"),
                ("IMMUNISATIONS", "immunisations"),
                ("TEETH_CHECK", "teeth_check"),
                ("HEALTH_ASSESSMENT", "health_assessment"),
                ("SUBSTANCE_MISUSE", "substance_misuse"),
                ("INTERVENTION_RECEIVED", "intervention_received"),
                ("INTERVENTION_OFFERED", "intervention_offered"),
            ),
        ),
    ),
    Table(
        "OC3",
        (
            _DATE_OF_BIRTH,
            *fields_of(
                "care_leavers",
                ("IN_TOUCH", "in_touch"),
                ("ACTIV", "activity"),
                ("ACCOM", "accommodation", "first"),
                ("ACCOM", "accommodation_suitable", "second"),
            ),
        ),
    ),
    Table(
        "AD1",
        (
            _DATE_OF_BIRTH,
            *fields_of(
                "adoptions",
                ("DATE_INT", "ad1_decision_date", "day_first"),
                ("DATE_MATCH", "matched_date", "day_first"),
                ("FOSTER_CARE", "foster_carer_adopter"),
                ("NB_ADOPTR", "adopter_number"),
                ("SEX_ADOPTR", "adopter_sex"),
                ("LS_ADOPTR", "adopter_legal_status"),
            ),
        ),
    ),
    Table(
        "PlacedAdoption",
        (
            _DATE_OF_BIRTH,
            *fields_of(
                "adoptions",
                # despite its name, the date of the decision that the child should be placed
                ("DATE_PLACED", "placed_adoption_decision_date", "day_first"),
                ("DATE_PLACED_CEASED", "decision_reversed_date", "day_first"),
                ("REASON_PLACED_CEASED", "decision_reversed_reason"),
            ),
        ),
    ),
    Table(
        "PrevPerm",
        (
            _DATE_OF_BIRTH,
            *fields_of(
                "previous_permanence",
                ("PREV_PERM", "permanence_option"),
                ("LA_PERM", "permanence_la"),
                ("DATE_PERM", "permanence_date"),
            ),
        ),
    ),
    Table(
        "Missing",
        (
            _DATE_OF_BIRTH,
            *fields_of(
                "missing_episodes",
                ("MISSING", "missing_type"),
                ("MIS_START", "start_date", "day_first"),
                ("MIS_END", "end_date", "day_first"),
            ),
        ),
    ),
    Table(
        "SWEpisodes",
        (
            _DATE_OF_BIRTH,
            *fields_of(
                "care_workers",
                ("SW_ID", "worker_id"),
                ("SW_DECOM", "start_date", "day_first"),
                ("SW_DEC", "end_date", "day_first"),
                ("SW_REASON", "change_reason"),
            ),
        ),
    ),
    Table(
        "DoLo",
        (
            _DATE_OF_BIRTH,
            *fields_of("dolo", ("DOLO_START", "start_date", "day_first"), ("DOLO_END", "end_date", "day_first")),
        ),
    ),
)

TABLE = {table.name: table for table in SSDA903_TABLES}

CHILD_COLUMN = "CHILD"
# Names by which some files call a column.
COLUMN_ALIASES = {"CHILDID": "CHILD", "PL": "PLACE"}


def _owners() -> dict[str, str]:
    holders: dict[str, list[str]] = {}
    for table in SSDA903_TABLES:
        for column in table.columns:
            holders.setdefault(column, []).append(table.name)
    return {column: names[0] for column, names in holders.items() if len(names) == 1}


# Column to the one table that has it; what several tables repeat (DOB, SEX) tells nothing about a table.
OWNER = _owners()


def own_columns(table: Table) -> set[str]:
    """The columns by which this table is known; those that only some years have do not count."""
    optional = {field.column for field in table.fields if field.optional}
    return {column for column in table.columns if OWNER.get(column) == table.name and column not in optional}
