#include "service/staff/staff_service.h"

#include "service/staff/lang.h"

const struct service staff_service = {
    .name = "staff",
    .title = T_staff_menu,
    .summary = T_staff_summary,
    .owner = WEB_TOWN,
};
