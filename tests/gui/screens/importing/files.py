"""Small files for the tests of the import screen."""

PROGRAMS = """Title;Issuer;Code;Hours;Cost;Skills;Room
Cloud Basics;Cloud Guild;CG-1;12;€ 99;Cloud;B1
Cloud Operations;Cloud Guild;CG-2;50;€ 165;Networks;B2
Harbour Pilot;Port School;HP-7;25;two moons;;B3
Sail Maker;Port School;SM-1;20;$ 120;Sewing;B4
"""
DEARER = PROGRAMS.replace("€ 165", "€ 180")
CERTIFICATIONS = """Name,Url,Authority,Started On,Finished On,License Number
First Aid,https://example.org/aid,Red House,May 2024,,FA-1
Forklift,,Port School,Jun 2023,Jun 2028,FL-9
"""
AMBIGUOUS = """Certificate,Issued by,Date earned
First Aid,Red House,03/04/2025
Forklift,Port School,05/06/2024
"""
NO_CURRENCY = """Title,Issuer,Price
Cloud Basics,Cloud Guild,99
Sail Maker,Port School,120
"""
ODD_HEADERS = """Wibble,Wobble,Title
Port School,12,Sail Maker
Cloud Guild,15,Cloud Basics
"""
ALIKE = """Title,Issuer,Earned on
Certified Kubernetes Security Specialists,Linux House,2025-04-02
"""
