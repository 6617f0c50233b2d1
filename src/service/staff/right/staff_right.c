#include "service/staff/right/staff_right.h"

#include "core/audit.h"
#include "core/mandate.h"
#include "core/person.h"
#include "core/town.h"
#include "service/staff/lang.h"
#include "service/staff/right/staff_right_sql.h"

enum { WORDS_MAX = 200 };

static const struct {
    const char *word; /* in the audit log */
    enum text_key name;
} known[STAFF_RIGHTS] = {
    {"read", T_staff_right_read},
    {"edit", T_staff_right_edit},
    {"confirm", T_staff_right_confirm},
    {"total", T_staff_right_total},
};

enum text_key staff_right_name(unsigned right)
{
    size_t place = 0;
    while (place + 1 < STAFF_RIGHTS && (right >> place & 1) == 0)
        place++;
    return known[place].name;
}

static unsigned with_read(unsigned rights)
{
    return (rights & (STAFF_MAY_EDIT | STAFF_MAY_CONFIRM)) != 0 ? rights | STAFF_MAY_READ : rights;
}

enum status staff_right_of(struct ctx *ctx, int64_t person, unsigned *ret_rights)
{
    struct sql_staff_right_get_row row;
    enum status found = sql_staff_right_get(ctx->db, ctx->arena, (struct sql_staff_right_get){.person = person}, &row);
    if (found != OK && found != NOT_FOUND)
        return found;
    *ret_rights = found == OK ? (unsigned)row.rights & STAFF_RIGHTS_ALL : 0;
    return OK;
}

enum status staff_right_held(struct ctx *ctx, unsigned *ret_rights)
{
    *ret_rights = 0;
    if (ctx->actor.person == 0 || ctx->actor.mandate != 0)
        return OK;
    return staff_right_of(ctx, ctx->actor.person, ret_rights);
}

enum status staff_right_need(struct ctx *ctx, unsigned rights)
{
    unsigned held;
    TRY(staff_right_held(ctx, &held));
    if ((held & rights) != 0)
        return OK;
    return refuse(ctx, DENIED, "staff.right", T_staff_right_lacks);
}

static struct str words_of(struct ctx *ctx, unsigned rights)
{
    struct buf words BUF_SCOPE = BUF_INIT(WORDS_MAX);
    for (size_t i = 0; i < STAFF_RIGHTS; i++)
        if (rights >> i & 1)
            buf_add_format(&words, "%s%s", words.len > 0 ? " " : "", known[i].word);
    return words.len > 0 ? str_copy(ctx->arena, buf_str(&words)) : STR("none");
}

enum status staff_right_set(struct ctx *ctx, int64_t person, unsigned rights)
{
    person_row row;
    unsigned before;
    TRY(mandate_forbids(ctx));
    if ((rights & ~(unsigned)STAFF_RIGHTS_ALL) != 0)
        return refuse(ctx, INVALID, "staff.rights", T_staff_rights_wrong);
    TRY(person_get(ctx, person, &row));
    TRY(staff_right_of(ctx, person, &before));
    rights = with_read(rights);
    if (rights == before)
        return OK;
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    TRY(sql_staff_right_put(ctx->db, (struct sql_staff_right_put){.person = person, .rights = rights}));
    return audit_add(ctx, "staff.rights", row.address, words_of(ctx, rights));
}
