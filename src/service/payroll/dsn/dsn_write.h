/* Lines of a declaration as dsn_build writes them: one helper for each kind of value. What is absent leaves no line. */
#ifndef SERVICE_PAYROLL_DSN_DSN_WRITE_H
#define SERVICE_PAYROLL_DSN_DSN_WRITE_H

#include "service/payroll/dsn/dsn_build.h"
#include "service/payroll/dsn/dsn_tree.h"

struct dsn_writing {
    struct buf *out;
    uint32_t block;  /* that lines are written in */
    size_t lines;
    bool is_wrong;   /* a text could not be written; sticky */
};

void dsn_write_text(struct dsn_writing *to, uint32_t rubric, struct str text);
void dsn_write_date(struct dsn_writing *to, uint32_t rubric, struct date date);
void dsn_write_cents(struct dsn_writing *to, uint32_t rubric, int64_t cents);
/* With zeros in front, so that it has that many digits. */
void dsn_write_code(struct dsn_writing *to, uint32_t rubric, int32_t code, size_t digits);

void dsn_write_contract(struct dsn_writing *to, const struct dsn_contract *contract);
void dsn_write_paid(struct dsn_writing *to, const struct dsn_paid *paid);

#endif
