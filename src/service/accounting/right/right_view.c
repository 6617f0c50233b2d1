#include "service/accounting/right/right_view.h"

unsigned right_ticked(const struct web_request *request)
{
    uint64_t rights = 0, one;
    for (size_t i = 0; request->fields != NULL && i < request->fields->count; i++)
        if (str_eq(request->fields->at[i].name, STR("right")) &&
            str_to_u64(request->fields->at[i].value, RIGHTS_ALL, &one) == OK)
            rights |= one;
    return (unsigned)rights;
}
