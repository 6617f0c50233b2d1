#include "service/accounting/right/right.h"

#include "core/audit.h"
#include "core/mandate.h"
#include "core/person.h"
#include "core/town.h"
#include "service/accounting/lang.h"
#include "service/accounting/right/right_sql.h"

#define APART STR("apart")

static const struct {
    const char *word; /* in the audit log */
    enum text_key name, lacks;
} known[RIGHTS] = {
    {"read", T_accounting_right_read, T_accounting_lacks_read},
    {"prepare", T_accounting_right_prepare, T_accounting_lacks_prepare},
    {"engage", T_accounting_right_engage, T_accounting_lacks_engage},
    {"attest", T_accounting_right_attest, T_accounting_lacks_attest},
    {"order", T_accounting_right_order, T_accounting_lacks_order},
    {"sign", T_accounting_right_sign, T_accounting_lacks_sign},
};

/* Its place in the table: that of the lowest bit. */
static size_t place_of(unsigned rights)
{
    size_t place = 0;
    REQUIRE((rights & RIGHTS_ALL) != 0);
    while ((rights >> place & 1) == 0)
        place++;
    return place;
}

enum text_key right_name(unsigned right)
{
    return known[place_of(right)].name;
}

/* ---- who holds what ---- */

static unsigned at_first(bool is_administrator)
{
    return is_administrator ? RIGHT_READ | RIGHT_PREPARE : 0;
}

static unsigned with_read(unsigned rights)
{
    return rights == 0 ? 0 : rights | RIGHT_READ;
}

enum status right_given(struct ctx *ctx, int64_t person, bool is_administrator, unsigned *ret_rights)
{
    struct sql_right_get_row row;
    enum status found = sql_right_get(ctx->db, ctx->arena, (struct sql_right_get){.person = person}, &row);
    if (found != OK && found != NOT_FOUND)
        return found;
    *ret_rights = found == OK ? with_read((unsigned)row.rights & RIGHTS_ALL) : at_first(is_administrator);
    return OK;
}

bool right_may(struct ctx *ctx, unsigned rights)
{
    unsigned held;
    return right_held(ctx, &held) == OK && (held & rights) != 0;
}

enum status right_of(struct ctx *ctx, int64_t person, unsigned *ret_rights)
{
    person_row row;
    TRY(person_get(ctx, person, &row));
    *ret_rights = 0;
    return row.is_active ? right_given(ctx, person, row.role == ROLE_ADMINISTRATOR, ret_rights) : OK;
}

/* The ticket says who is an administrator: the actor's role of this moment. */
enum status right_held(struct ctx *ctx, unsigned *ret_rights)
{
    bool is_administrator = permission_allows(ctx->actor.rights, PERMISSION_ADMINISTER);
    if (ctx->actor.person != 0 && ctx->actor.mandate == 0)
        return right_given(ctx, ctx->actor.person, is_administrator, ret_rights);
    *ret_rights = at_first(is_administrator);
    return OK;
}

enum status right_need(struct ctx *ctx, unsigned rights)
{
    unsigned held;
    TRY(right_held(ctx, &held));
    if ((held & rights) != 0)
        return OK;
    return refuse(ctx, DENIED, "accounting.right", known[place_of(rights)].lacks);
}

/* "read prepare" */
static struct str words_of(struct ctx *ctx, unsigned rights)
{
    struct buf words BUF_SCOPE = BUF_INIT(200);
    for (size_t i = 0; i < RIGHTS; i++)
        if (rights >> i & 1)
            buf_add_format(&words, "%s%s", words.len > 0 ? " " : "", known[i].word);
    return words.len > 0 ? str_copy(ctx->arena, buf_str(&words)) : STR("none");
}

enum status right_set(struct ctx *ctx, int64_t person, unsigned rights)
{
    person_row row;
    unsigned before;
    TRY(mandate_forbids(ctx));
    if ((rights & ~(unsigned)RIGHTS_ALL) != 0)
        return refuse(ctx, INVALID, "accounting.rights", T_accounting_rights_wrong);
    TRY(person_get(ctx, person, &row));
    TRY(right_given(ctx, person, row.role == ROLE_ADMINISTRATOR, &before));
    rights = with_read(rights);
    if (rights == before)
        return OK;
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    TRY(sql_right_put(ctx->db, (struct sql_right_put){.person = person, .rights = rights}));
    return audit_add(ctx, "accounting.rights", row.address, words_of(ctx, rights));
}

/* ---- separation of duties ---- */

enum status right_apart(struct ctx *ctx, bool *ret_is_apart)
{
    struct sql_right_setting_get_row row;
    struct sql_right_setting_get in = {.name = APART};
    enum status found = sql_right_setting_get(ctx->db, ctx->arena, in, &row);
    if (found != OK && found != NOT_FOUND)
        return found;
    *ret_is_apart = found == NOT_FOUND || !str_eq(row.value, STR("no"));
    return OK;
}

enum status right_set_apart(struct ctx *ctx, bool is_apart)
{
    bool before;
    struct str word = is_apart ? STR("yes") : STR("no");
    TRY(mandate_forbids(ctx));
    TRY(right_apart(ctx, &before));
    if (before == is_apart)
        return OK;
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    TRY(sql_right_setting_put(ctx->db, (struct sql_right_setting_put){.name = APART, .value = word}));
    return audit_add(ctx, "accounting.apart", APART, word);
}

enum status right_need_apart(struct ctx *ctx, int64_t attester)
{
    bool is_apart;
    TRY(right_apart(ctx, &is_apart));
    if (is_apart && attester == ctx->actor.person)
        return refuse(ctx, DENIED, "accounting.apart", T_accounting_apart_refused);
    return OK;
}
