"""How often things happen and how long they last: shares and curves behind the made-up lives.

Set so that a mid-size authority comes out near the latest figures that England publishes (year ending 31 March 2025):
330 children in need and 67 looked after per 10,000, 519 referrals of which 22.6% repeats, 2.3% of protection plans
at two years or more, 10% of looked after children with three placements or more, mean SDQ score 14.9.
"""

# A year, per 10,000 children.
FIRST_REFERRALS = 349.0
STARTS_OF_CARE = 27.5

# What becomes of a referral that does not lead to care.
PATHWAYS = {"no_action": 0.068, "not_in_need": 0.325, "in_need": 0.517, "protection": 0.090}
# Chance of another referral after this one closed, by whether this one was short.
REPEAT_AFTER_SHORT, REPEAT_AFTER_LONG = 0.34, 0.12
SHORT_EPISODE_DAYS = 270
ASSESSED_IN_TIME = 0.84

# Shares still running after so many years.
PROTECTION_PLAN = ((0, 1.0), (0.25, 0.97), (0.5, 0.64), (1, 0.25), (2, 0.02), (4, 0.0))
STAY_IN_CARE = ((0.06, 1.0), (0.25, 0.82), (0.5, 0.73), (1, 0.60), (2, 0.46), (4, 0.29), (8, 0.12), (14, 0.0))

AGE_AT_REFERRAL = ((0, 1.0), (1, 0.90), (5, 0.68), (10, 0.38), (15, 0.10), (17.5, 0.0))
AGE_INTO_CARE = ((0, 1.0), (0.3, 0.83), (1, 0.77), (5, 0.60), (10, 0.43), (15, 0.12), (17.5, 0.0))
UNBORN = 0.02
UNACCOMPANIED = 0.18

MOVES_A_YEAR = {"settled": 0.22, "unsettled": 2.0}
UNSETTLED = 0.21
STATUS_CHANGES_WITH_MOVE = 0.08

ETHNICITY = {
    "WBRI": 62, "WIRI": 1, "WIRT": 0.4, "WROM": 0.6, "WOTH": 6, "MWBC": 3.5, "MWBA": 1.5, "MWAS": 2, "MOTH": 3,
    "AIND": 1.5, "APKN": 3.5, "ABAN": 2, "CHNE": 0.4, "AOTH": 2.5, "BCRB": 2, "BAFR": 4, "BOTH": 1.5, "OOTH": 2,
    "REFU": 0.3, "NOBT": 0.8,
}  # fmt: skip
SEX = {"M": 52, "F": 48}
REFERRAL_SOURCE = {
    "1A": 7, "1B": 1, "1C": 1, "1D": 2, "2A": 20, "2B": 1, "3A": 2, "3B": 2, "3C": 1, "3D": 2, "3E": 5, "3F": 3,
    "4": 1, "5A": 6, "5B": 4, "5C": 3, "5D": 4, "6": 29, "7": 2, "8": 2, "9": 1, "10": 1,
}  # fmt: skip
PRIMARY_NEED = {"N1": 57, "N2": 9, "N3": 3, "N4": 9, "N5": 13, "N6": 2, "N7": 1, "N8": 3, "N9": 3}
DISABILITY = {
    "AUT": 30, "LD": 20, "BEH": 12, "COMM": 12, "MOB": 8, "PC": 5, "HEAR": 3, "VIS": 3, "INC": 3, "HAND": 2, "CON": 1,
    "DDA": 5,
}  # fmt: skip
DISABLED = 0.12
# Episodes in which England found each factor, in thousands.
FACTOR = {
    "1A": 10.6, "1B": 73.3, "1C": 11.6, "2A": 24.6, "2B": 72.6, "2C": 15.9, "3A": 57.9, "3B": 162.9, "3C": 25.6,
    "4A": 90.4, "4B": 171.8, "4C": 23.6, "5A": 63.2, "5B": 15.2, "5C": 7.5, "6A": 24.2, "6B": 27.6, "6C": 5.3,
    "7A": 19.0, "8F": 2.0, "10A": 16.9, "11A": 12.4, "12A": 2.3, "13A": 8.9, "14A": 36.0, "15A": 25.5, "16A": 90.4,
    "17A": 97.7, "18B": 15.3, "18C": 61.4, "19B": 12.6, "19C": 18.9, "22A": 0.8, "23A": 2.2, "24A": 16.3, "20": 83.8,
}  # fmt: skip

END_AT_18 = {"E5": 33, "E17": 27, "E8": 18, "E6": 9, "E7": 9, "E3": 4}
END_BEFORE_18 = {"E4A": 34, "E4B": 11, "E13": 11, "SGO": 20, "E41": 6, "E3": 5, "E8": 13}
CHANGE_REASON = {
    "CARPL": 45, "CREQB": 15, "CREQO": 10, "LAREQ": 8, "CHILD": 6, "STAND": 4, "CLOSE": 3, "ALLEG": 2, "OTHER": 7,
}  # fmt: skip
PLACEMENT_UNDER_16 = {"U6": 34, "U4": 24, "U3": 11, "U1": 9, "U2": 3, "U5": 1, "K2": 10, "P1": 7, "R2": 0.5, "K1": 0.5}
PLACEMENT_FROM_16 = {"K3": 40, "U6": 19, "U4": 15, "K2": 17, "U3": 4, "P1": 3, "K1": 1, "R5": 1}
PLACEMENT_UNACCOMPANIED = {"K3": 62, "U6": 34, "K2": 4}
PROVIDER = {"PR1": 45, "PR4": 42, "PR5": 6, "PR2": 5, "PR3": 2}
ACTIVITY = {
    "F1": 6, "F2": 24, "F4": 3, "F5": 22, "P2": 2, "P5": 5, "G4": 13, "G5": 18, "G6": 7,
}  # fmt: skip
ACCOMMODATION = {"U": 34, "D": 18, "Z": 10, "B": 12, "E": 6, "K": 6, "X": 4, "R": 2, "S": 2, "Y": 4, "C": 2}
