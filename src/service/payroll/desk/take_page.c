/* A month to take away: all lines as CSV; payslips, law and lines in one archive. */
#include "document/zip_write.h"
#include "proto/csv/csv.h"
#include "service/payroll/desk/look.h"
#include "service/payroll/desk/month.h"
#include "service/payroll/payroll_service.h"
#include "service/payroll/right/payroll_right.h"
#include "service/payroll/slip/bulletin.h"

enum { LINES_BYTES_MAX = 64 << 20, MONEY_MAX_BYTES = 32 };

static struct str money_text(struct ctx *ctx, int64_t cents)
{
    struct buf text BUF_SCOPE = BUF_INIT(MONEY_MAX_BYTES);
    money_write(&text, (struct money){cents});
    return str_copy(ctx->arena, buf_str(&text));
}

static enum status write_lines(struct ctx *ctx, const payrun_slip_row *slips, size_t count, struct buf *out)
{
    static const struct str head[] = {STR_INIT("matricule"), STR_INIT("bulletin"), STR_INIT("ligne"),
                                      STR_INIT("montant")};
    struct bulletin *bulletin = arena_new(ctx->arena, struct bulletin);
    if (bulletin == NULL)
        return LIMIT;
    csv_write(out, head, sizeof head / sizeof *head);
    for (size_t i = 0; i < count; i++) {
        TRY(bulletin_read(ctx->arena, slips[i].bytes, bulletin));
        for (size_t k = 0; k < PAY_LINES; k++) {
            const struct str row[] = {slips[i].matricule, panel_number(ctx, slips[i].part),
                                      str_of(pay_line_name((enum pay_line)k)),
                                      money_text(ctx, bulletin->paid.cents[k])};
            if (bulletin->paid.cents[k] != 0)
                csv_write(out, row, sizeof row / sizeof *row);
        }
    }
    return buf_status(out);
}

static enum status asked(struct ctx *ctx, const struct web_request *request, const char *what, struct date *ret_month,
                         payrun_row *ret_run)
{
    TRY(month_asked(ctx, request, PAYROLL_READ, ret_month));
    TRY(payrun_of(ctx, *ret_month, ret_run));
    return look_all(ctx, ret_run, what);
}

enum status payroll_lines_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct date month;
    payrun_row run;
    payrun_slip_row *slips;
    size_t count;
    TRY(asked(ctx, request, "lines.csv", &month, &run));
    TRY(payrun_slips(ctx, run.id, &slips, &count));
    response->content_type = STR("text/csv; charset=utf-8");
    response->file_name = str_format(ctx->arena, "paie-%.*s.csv", STR_ARG(panel_iso(ctx, month)));
    return write_lines(ctx, slips, count, &response->body);
}

static enum status write_archive(struct ctx *ctx, const payrun_row *run, struct zip_write *zip)
{
    struct buf lines BUF_SCOPE = BUF_INIT(LINES_BYTES_MAX), texts BUF_SCOPE = BUF_INIT(LINES_BYTES_MAX);
    struct sql_payrun_law_get_row law;
    payrun_slip_row *slips;
    size_t count;
    TRY(payrun_slips(ctx, run->id, &slips, &count));
    TRY(write_lines(ctx, slips, count, &lines));
    for (size_t i = 0; i < count; i++)
        buf_add(&texts, slips[i].bytes);
    TRY(buf_status(&texts));
    TRY(sql_payrun_law_get(ctx->db, ctx->arena, (struct sql_payrun_law_get){.hash = run->law}, &law));
    TRY(zip_write_part(zip, "lignes.csv", buf_str(&lines), true));
    TRY(zip_write_part(zip, "bulletins.txt", buf_str(&texts), true));
    return zip_write_part(zip, "loi.csv", law.text, true);
}

enum status payroll_archive_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct zip_write zip;
    struct date month;
    payrun_row run;
    TRY(asked(ctx, request, "archive.zip", &month, &run));
    response->content_type = STR("application/zip");
    response->file_name = str_format(ctx->arena, "paie-%.*s.zip", STR_ARG(panel_iso(ctx, month)));
    zip_write_begin(&zip, &response->body);
    enum status done = write_archive(ctx, &run, &zip);
    enum status ended = zip_write_end(&zip);
    return done != OK ? done : ended;
}
