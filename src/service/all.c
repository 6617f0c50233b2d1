/* Every service of the house, one line each: what is not here does not exist. */
#include "core/service.h"
#include "service/account/account.h"
#include "service/accounting/accounting_service.h"
#include "service/assistant/assistant_service.h"
#include "service/directory/directory.h"
#include "service/games/games_service.h"
#include "service/home/home.h"
#include "service/mail/mail_service.h"
#include "service/notice/notice_service.h"
#include "service/operate/operate.h"
#include "service/payroll/payroll_service.h"
#include "service/people/people.h"
#include "service/source/source_service.h"
#include "service/staff/staff_service.h"

const struct service *const service_all[] = {
    &home_service,
    &mail_service,
    &directory_service,
    &notice_service,
    &assistant_service,
    &games_service,
    &source_service,
    &accounting_service,
    &staff_service,
    &payroll_service,
    &people_service,
    &account_service,
    &operate_service,
    NULL,
};
