import pytest

from learnpath.domain.matching import canonical_url
from learnpath.interchange.platform_ids import id_of_address, id_of_number

UUID = "6A1B2C3D-0000-4111-8222-123456789ABC"
HEX = "6a1b2c3d000041118222123456789abc"


@pytest.mark.parametrize(
    ("address", "found"),
    [
        (f"https://www.credly.com/badges/{UUID}", f"hex:{HEX}"),
        (f"https://www.credly.com/badges/{UUID}/public_url", f"hex:{HEX}"),
        (f"https://www.credly.com/badges/{UUID}/linked_in_profile", f"hex:{HEX}"),
        (f"http://youracclaim.com/badges/{UUID}", f"hex:{HEX}"),
        (f"https://api.credly.com/v1/obi/v2/badge_assertions/{UUID}", f"hex:{HEX}"),
        (f"https://www.credly.com/api/v1/obi/v3/open_badge_credentials/{UUID}", f"hex:{HEX}"),
        (f"https://api.credly.com/v1/obi/v2/organizations/{UUID}/badge_templates/1", ""),
        (f"https://images.credly.com/images/{UUID}/image.png", ""),
        ("https://www.credly.com/org/guild/badge/cloud", ""),
        ("https://learn.microsoft.com/en-us/users/me/credentials/1A2B3C4D5E6F7081", "microsoft:1a2b3c4d5e6f7081"),
        ("https://learn.microsoft.com/api/credentials/share/en-us/me/1A2B3C4D5E6F7081", ""),
        ("https://learn.microsoft.com/en-us/credentials/certifications/azure-fundamentals/", ""),
        ("https://www.coursera.org/verify/AB12CD34EF56", "coursera:ab12cd34ef56"),
        ("https://coursera.org/verify/specialization/AB12CD34EF56", "coursera:ab12cd34ef56"),
        ("https://www.coursera.org/account/accomplishments/verify/AB12CD34EF56?trk=1", "coursera:ab12cd34ef56"),
        ("https://www.coursera.org/account/accomplishments/certificate/AB12CD34EF56", "coursera:ab12cd34ef56"),
        ("https://www.coursera.org/account/accomplishments/specialization/certificate/AB12CD34EF56",
         "coursera:ab12cd34ef56"),
        ("https://www.coursera.org/account/accomplishments/specialization/AB12CD34EF56", "coursera:ab12cd34ef56"),
        ("https://www.coursera.org/account/accomplishments/certificate", ""),
        ("https://www.coursera.org/learn/machine-learning", ""),
        ("https://www.udemy.com/certificate/UC-1A2B3C4D/", "udemy:uc1a2b3c4d"),
        ("https://ude.my/UC-1A2B3C4D", "udemy:uc1a2b3c4d"),
        ("https://udemy-certificate.s3.amazonaws.com/image/UC-1A2B3C4D.jpg", "udemy:uc1a2b3c4d"),
        (f"https://courses.edx.org/certificates/{HEX}", f"hex:{HEX}"),
        (f"https://courses.edx.org/certificates/user/1/course/{HEX}", f"hex:{HEX}"),
        (f"https://credentials.edx.org/credentials/{HEX}/", f"hex:{HEX}"),
        ("https://elsewhere.example/verify/AB12CD34EF56", ""),
    ],
)  # fmt: skip
def test_ids_in_addresses(address: str, found: str) -> None:
    assert id_of_address(canonical_url(address)) == found


@pytest.mark.parametrize(
    ("number", "issuer", "found"),
    [
        (UUID.casefold(), "guild", f"hex:{HEX}"),
        (f"urn:uuid:{UUID.casefold()}", "", f"hex:{HEX}"),
        (HEX, "", f"hex:{HEX}"),
        ("uc-1a2b3c4d", "", "udemy:uc1a2b3c4d"),
        ("a19cy6-365231", "microsoft", "microsoft:a19cy6365231"),
        ("a19cy6-365231", "guild", ""),
        ("1a2b3c4d5e6f7081", "microsoft", "microsoft:1a2b3c4d5e6f7081"),
        ("ab12cd34ef56", "coursera", "coursera:ab12cd34ef56"),
        ("ab12cd34ef56", "guild", ""),
        ("7", "coursera", ""),
    ],
)
def test_ids_in_numbers(number: str, issuer: str, found: str) -> None:
    assert id_of_number(number, issuer) == found
