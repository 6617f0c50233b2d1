#include "service/payroll/right/payroll_right.h"

#include "core/audit.h"
#include "core/mandate.h"
#include "core/person.h"
#include "core/town.h"
#include "service/payroll/lang.h"
#include "service/payroll/right/payroll_right_sql.h"

static const struct {
    const char *word; /* in the audit log */
    enum text_key name, lacks;
} known[PAYROLL_RIGHTS] = {
    {"read", T_payroll_right_read, T_payroll_lacks_read},
    {"prepare", T_payroll_right_prepare, T_payroll_lacks_prepare},
    {"approve", T_payroll_right_approve, T_payroll_lacks_approve},
};

/* Its place in the table: that of the lowest bit. */
static size_t place_of(unsigned rights)
{
    size_t place = 0;
    REQUIRE((rights & PAYROLL_RIGHTS_ALL) != 0);
    while ((rights >> place & 1) == 0)
        place++;
    return place;
}

enum text_key payroll_right_name(unsigned right)
{
    return known[place_of(right)].name;
}

static unsigned with_read(unsigned rights)
{
    return rights == 0 ? 0 : rights | PAYROLL_READ;
}

enum status payroll_right_given(struct ctx *ctx, int64_t person, unsigned *ret_rights)
{
    struct sql_payroll_right_get_row row;
    enum status found = sql_payroll_right_get(ctx->db, ctx->arena, (struct sql_payroll_right_get){.person = person},
                                              &row);
    if (found != OK && found != NOT_FOUND)
        return found;
    *ret_rights = found == OK ? with_read((unsigned)row.rights & PAYROLL_RIGHTS_ALL) : 0;
    return OK;
}

enum status payroll_right_held(struct ctx *ctx, unsigned *ret_rights)
{
    *ret_rights = 0;
    if (ctx->actor.person == 0 || ctx->actor.mandate != 0)
        return OK;
    return payroll_right_given(ctx, ctx->actor.person, ret_rights);
}

enum status payroll_right_need(struct ctx *ctx, unsigned rights)
{
    unsigned held;
    if (ctx->actor.person == 0 && ctx->actor.mandate == 0)
        return OK;
    TRY(payroll_right_held(ctx, &held));
    if ((held & rights) != 0)
        return OK;
    return refuse(ctx, DENIED, "payroll.right", known[place_of(rights)].lacks);
}

/* "read prepare" */
static struct str words_of(struct ctx *ctx, unsigned rights)
{
    struct buf words BUF_SCOPE = BUF_INIT(200);
    for (size_t i = 0; i < PAYROLL_RIGHTS; i++)
        if (rights >> i & 1)
            buf_add_format(&words, "%s%s", words.len > 0 ? " " : "", known[i].word);
    return words.len > 0 ? str_copy(ctx->arena, buf_str(&words)) : STR("none");
}

enum status payroll_right_set(struct ctx *ctx, int64_t person, unsigned rights)
{
    person_row row;
    unsigned before;
    TRY(mandate_forbids(ctx));
    if ((rights & ~(unsigned)PAYROLL_RIGHTS_ALL) != 0)
        return refuse(ctx, INVALID, "payroll.rights", T_payroll_rights_wrong);
    TRY(person_get(ctx, person, &row));
    TRY(payroll_right_given(ctx, person, &before));
    rights = with_read(rights);
    if (rights == before)
        return OK;
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    TRY(sql_payroll_right_put(ctx->db, (struct sql_payroll_right_put){.person = person, .rights = rights}));
    return audit_add(ctx, "payroll.rights", row.address, words_of(ctx, rights));
}

enum status payroll_right_apart(struct ctx *ctx, int64_t maker)
{
    TRY(payroll_right_need(ctx, PAYROLL_APPROVE));
    if (ctx->actor.person == 0 || maker == ctx->actor.person)
        return refuse(ctx, DENIED, "payroll.apart", T_payroll_apart_refused);
    return OK;
}
