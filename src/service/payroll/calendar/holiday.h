/* Where holiday stood: it is everybody's now (core/holiday.h). */
#ifndef SERVICE_PAYROLL_CALENDAR_HOLIDAY_H
#define SERVICE_PAYROLL_CALENDAR_HOLIDAY_H

#include "core/holiday.h"

#endif
