"""What texts say of the papers of a training body: dated, with where it was read, and to be read again by a person.

None was read on Légifrance, but on pages of training and certifying bodies. Nothing here is legal advice.
"""

from __future__ import annotations

READ_AGAIN = (
    "À relire. Ces phrases ont été écrites en novembre 2026 d’après des pages publiques d’organismes de formation et "
    "de certification, non d’après Légifrance. Faites-les vérifier avant de vous y fier."
)
CERTIFICATE = (
    "Le certificat de réalisation suit les champs du modèle du ministère du Travail, tels que les présente OCAPIAT "
    "(ocapiat.fr) : la personne et son employeur, l’action, sa nature, ses dates, sa durée, qui l’a dispensée, "
    "cachet. La même page demande de garder le certificat trois ans et les pièces qui le justifient six ans, dix en "
    "cas de cofinancement. (à relire)"
)
PROOF = (
    "La réalisation de l’action se prouve « par tout élément probant » (code du travail, L. 6313-3 ou R. 6313-3 : les "
    "pages lues ne s’accordent pas). La feuille d’émargement est une preuve habituelle, non une obligation. (à relire)"
)
ATTESTATION = (
    "Depuis la loi du 5 septembre 2018, l’article L. 6353-1 du code du travail ne demande plus d’attestation de fin "
    "de formation : elle est facultative. Cet article porte sur la convention, dont l’article D. 6353-1 (en vigueur "
    "depuis le 1er janvier 2019) donne le contenu. (à relire)"
)
INDICATOR_8 = (
    "Référentiel national qualité, indicateur 8 : les procédures de positionnement et d’évaluation des acquis à "
    "l’entrée. Les réponses « où en êtes-vous » d’une séance sont anonymes et effacées : elles n’en sont pas la "
    "trace. (à relire)"
)
INDICATOR_11 = (
    "Référentiel national qualité, indicateur 11 : évaluer "
    "l’atteinte des objectifs par les publics bénéficiaires. (à relire)"
)
INDICATOR_30 = (
    "Référentiel national qualité, indicateur 30 : recueillir les appréciations des bénéficiaires, des financeurs, "
    "des équipes pédagogiques et des entreprises, avec une relance et une expression libre. Les évaluations des "
    "acquis n’en sont pas un élément de preuve (certifopac.fr). Ce questionnaire ne recueille que l’avis des "
    "bénéficiaires : les trois autres, et la relance, sont à votre organisme. (à relire)"
)
