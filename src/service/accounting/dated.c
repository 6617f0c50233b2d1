#include "service/accounting/dated.h"

bool dated_holds(struct str since, struct str until, struct date day)
{
    struct date first = day, last = day;
    if (since.len > 0 && date_parse(since, &first) != OK)
        return false;
    if (until.len > 0 && date_parse(until, &last) != OK)
        return false;
    return first.days <= day.days && day.days <= last.days;
}
