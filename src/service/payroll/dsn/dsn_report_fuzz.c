/* Any bytes are a report, or are refused; what was read is attached to the lines of a declaration. */
#include "service/payroll/dsn/dsn_report.h"

enum { ARENA = 32 << 20, OUT_MAX = 64 << 20 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena ARENA_SCOPE = arena_create(ARENA);
    struct buf out BUF_SCOPE = BUF_INIT(OUT_MAX);
    struct str sent = STR("S21.G00.30.001,'1850769123456'\nS21.G00.30.019,'1'\nS21.G00.40.009,'C1'\n"
                          "S21.G00.30.001,'2850769123456'\nS21.G00.30.019,'2'\n");
    struct dsn_report report;
    struct dsn_faults faults;
    size_t line;
    if (dsn_report_read(arena, (struct str){(const char *)data, size}, &report, &line) != OK ||
        dsn_faults_init(arena, &faults) != OK || dsn_report_attach(arena, &report, sent, &faults) != OK)
        return 0;
    REQUIRE(faults.found == report.count);
    for (size_t i = dsn_report_next(&report, STR("1"), 0); i < report.count;
         i = dsn_report_next(&report, STR("1"), i + 1))
        REQUIRE(str_eq(report.at[i].person, STR("1")));
    dsn_faults_print(&out, &faults, true, true);
    dsn_faults_print(&out, &faults, false, false);
    return 0;
}
