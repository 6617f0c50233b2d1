#include "service/source/licence.h"

#include "service/source/lang.h"

static const struct licence licences[] = {
    /* Licence Ouverte 2.0: reuse with mention of the source and its date. */
    {"etalab-2.0", T_source_licence_etalab, "https://www.etalab.gouv.fr/licence-ouverte-open-licence/", LICENCE_WHOLE,
     true},
    {"cc0-1.0", T_source_licence_cc0, "https://creativecommons.org/publicdomain/zero/1.0/", LICENCE_WHOLE, true},
    {"cc-by-4.0", T_source_licence_by, "https://creativecommons.org/licenses/by/4.0/", LICENCE_WHOLE, true},
    {"cc-by-sa-4.0", T_source_licence_by_sa, "https://creativecommons.org/licenses/by-sa/4.0/", LICENCE_WHOLE, true},
    {"odbl-1.0", T_source_licence_odbl, "https://opendatacommons.org/licenses/odbl/1-0/", LICENCE_WHOLE, true},
    /* Nothing derived from it: no training, and no more than is needed to send the reader there. */
    {"cc-by-nd-4.0", T_source_licence_by_nd, "https://creativecommons.org/licenses/by-nd/4.0/", LICENCE_QUOTE, false},
    /* Acts of the administration carry no author's right; those of a council are published whole (CGCT L2131-1). */
    {"acte-officiel", T_source_licence_act, "", LICENCE_WHOLE, true},
    /* Short quotation with author and source: article L122-5, 3°, a of the Code de la propriété intellectuelle. */
    {"reserve", T_source_licence_reserved, "", LICENCE_QUOTE, false},
    /* Text and data mining refused by the right holder: article L122-5-3 III of the same code. */
    {"oppose", T_source_licence_opposed, "", LICENCE_LINK, false},
    {"refuse", T_source_licence_refused, "", LICENCE_NOTHING, false},
};

const struct licence *licence_list(size_t *ret_count)
{
    *ret_count = sizeof licences / sizeof licences[0];
    return licences;
}

const struct licence *licence_find(struct str code)
{
    for (size_t i = 0; i < sizeof licences / sizeof licences[0]; i++)
        if (str_eq(code, str_of(licences[i].code)))
            return &licences[i];
    return NULL;
}
