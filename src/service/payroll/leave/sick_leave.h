/* Where sick_leave stood: careers ask it too (core/sick_leave.h). */
#ifndef SERVICE_PAYROLL_LEAVE_SICK_LEAVE_H
#define SERVICE_PAYROLL_LEAVE_SICK_LEAVE_H

#include "core/sick_leave.h"

#endif
