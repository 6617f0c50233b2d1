#include "service/accounting/party/party.h"

#include "base/utf8.h"
#include "core/identifier.h"
#include "core/town.h"
#include "service/accounting/lang.h"
#include "service/accounting/party/party_sql.h"

enum { SEARCH_MAX = 200, FOLDED_MAX = 4096, MAIL_MAX = 254, PHONE_MAX = 30 };

#define FIELD(name, label, most) {#name, offsetof(struct party, name), label, most}
const struct party_field party_fields[PARTY_FIELDS] = {
    FIELD(name, T_accounting_party_name, PARTY_NAME_MAX),
    FIELD(complement, T_accounting_party_complement, PARTY_NAME_MAX),
    FIELD(title, T_accounting_party_title, 10),
    FIELD(first_name, T_accounting_party_first_name, PARTY_NAME_MAX),
    FIELD(id_kind, T_accounting_party_id_kind, 2),
    FIELD(id_number, T_accounting_party_id_number, 18),
    FIELD(category, T_accounting_party_category, 2),
    FIELD(nature, T_accounting_party_nature, 2),
    FIELD(street_before, T_accounting_party_street_before, PARTY_NAME_MAX),
    FIELD(street, T_accounting_party_street, PARTY_NAME_MAX),
    FIELD(street_after, T_accounting_party_street_after, PARTY_NAME_MAX),
    FIELD(postcode, T_accounting_party_postcode, 5),
    FIELD(place, T_accounting_party_place, PARTY_NAME_MAX),
    FIELD(country, T_accounting_party_country, 3),
    FIELD(mail, T_accounting_party_mail, MAIL_MAX),
    FIELD(phone, T_accounting_party_phone, PHONE_MAX),
};

struct str *party_text(struct party *party, size_t field)
{
    return (struct str *)(void *)((char *)party + party_fields[field].offset);
}

struct str party_said(const struct party *party, size_t field)
{
    return *(const struct str *)(const void *)((const char *)party + party_fields[field].offset);
}

enum text_key party_label(struct str column)
{
    for (size_t i = 0; i < PARTY_FIELDS; i++)
        if (str_eq(column, str_of(party_fields[i].column)))
            return party_fields[i].label;
    return str_eq(column, STR("is_active")) ? T_accounting_party_active : T_none;
}

/* ---- what is there ---- */

enum status party_get(struct ctx *ctx, int64_t id, struct party *ret_party)
{
    struct sql_party_get_row row;
    TRY(sql_party_get(ctx->db, ctx->arena, (struct sql_party_get){.id = id}, &row));
    *ret_party = (struct party){.id = row.id,
                                .name = row.name,
                                .complement = row.complement,
                                .title = row.title,
                                .first_name = row.first_name,
                                .id_kind = row.id_kind,
                                .id_number = row.id_number,
                                .category = row.category,
                                .nature = row.nature,
                                .street_before = row.street_before,
                                .street = row.street,
                                .street_after = row.street_after,
                                .postcode = row.postcode,
                                .place = row.place,
                                .country = row.country,
                                .mail = row.mail,
                                .phone = row.phone,
                                .is_active = row.is_active != 0};
    return OK;
}

enum status party_of_number(struct ctx *ctx, struct str kind, struct str number, struct party *ret_party)
{
    struct sql_party_of_number_row row;
    struct sql_party_of_number in = {.id_kind = kind, .id_number = number};
    TRY(sql_party_of_number(ctx->db, ctx->arena, in, &row));
    return party_get(ctx, row.id, ret_party);
}

static struct str folded(struct ctx *ctx, struct str text, char end)
{
    struct buf out BUF_SCOPE = BUF_INIT(FOLDED_MAX);
    utf8_fold(&out, text);
    buf_add_byte(&out, end);
    return str_copy(ctx->arena, buf_str(&out));
}

enum status party_named(struct ctx *ctx, struct str text, int64_t *ret_id)
{
    struct sql_party_named_row *rows;
    size_t count, exact = 0;
    TRY(sql_party_named(ctx->db, ctx->arena,
                              (struct sql_party_named){.from = folded(ctx, text, ' '),
                                                             .to = folded(ctx, text, ' ' + 1)},
                              &rows, &count));
    for (size_t i = 0; i < count; i++)
        if (str_eq_nocase(rows[i].name, text) && rows[i].first_name.len == 0 && exact++ == 0)
            *ret_id = rows[i].id;
    if (exact == 1)
        return OK;
    if (count == 1)
        *ret_id = rows[0].id;
    return count == 1 ? OK : count == 0 ? NOT_FOUND : CONFLICT;
}

/* "%folded text%", with what LIKE reads as a sign made plain. */
static enum status pattern_of(struct ctx *ctx, struct str text, struct str *ret_pattern)
{
    struct buf folded BUF_SCOPE = BUF_INIT(FOLDED_MAX), pattern BUF_SCOPE = BUF_INIT(2 * FOLDED_MAX);
    if (text.len > SEARCH_MAX)
        return LIMIT;
    utf8_fold(&folded, text);
    buf_add_byte(&pattern, '%');
    for (size_t i = 0; i < folded.len; i++) {
        char c = buf_str(&folded).at[i];
        if (c == '%' || c == '_' || c == '!')
            buf_add_byte(&pattern, '!');
        buf_add_byte(&pattern, c);
    }
    buf_add_byte(&pattern, '%');
    TRY(buf_status(&pattern));
    *ret_pattern = str_copy(ctx->arena, buf_str(&pattern));
    return str_is_absent(*ret_pattern) ? LIMIT : OK;
}

/* A number is found with its blanks: "552 100 554 00013". */
static struct str searched(struct ctx *ctx, struct str text)
{
    struct str plain = identifier_plain(ctx->arena, text);
    for (size_t i = 0; i < plain.len; i++)
        if (!ascii_is_digit(plain.at[i]))
            return str_trim(text);
    return plain;
}

static struct party_found found_of(const struct sql_party_find_row *row)
{
    return (struct party_found){.id = row->id,
                                .name = row->name,
                                .first_name = row->first_name,
                                .id_kind = row->id_kind,
                                .id_number = row->id_number,
                                .place = row->place,
                                .is_active = row->is_active != 0,
                                .has_held = row->held > 0,
                                .has_confirmed = row->confirmed > 0};
}

struct str party_siren(const struct party *party)
{
    enum { FRENCH_VAT = 13 };
    const struct str number = party->id_number;
    if ((str_eq(party->id_kind, STR("01")) || str_eq(party->id_kind, STR("02"))) && number.len >= SIREN_DIGITS)
        return str_slice(number, 0, SIREN_DIGITS);
    if (str_eq(party->id_kind, STR("05")) && str_starts(number, STR("FR")) && number.len == FRENCH_VAT)
        return str_after(number, FRENCH_VAT - SIREN_DIGITS);
    return STR("");
}

enum status party_find(struct ctx *ctx, struct str text, int64_t skip, struct party_found **ret_found,
                       size_t *ret_count, int64_t *ret_total)
{
    struct sql_party_find_row *rows;
    struct sql_party_count_row total;
    struct str pattern;
    size_t count;
    if (text.len > SEARCH_MAX)
        return LIMIT;
    TRY(pattern_of(ctx, searched(ctx, text), &pattern));
    TRY(sql_party_count(ctx->db, ctx->arena, (struct sql_party_count){.pattern = pattern}, &total));
    struct sql_party_find in = {.pattern = pattern, .skip = skip < 0 ? 0 : skip};
    TRY(sql_party_find(ctx->db, ctx->arena, in, &rows, &count));
    struct party_found *found = arena_array(ctx->arena, struct party_found, count + 1);
    if (found == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++)
        found[i] = found_of(&rows[i]);
    *ret_found = found;
    *ret_count = count;
    *ret_total = total.number;
    return OK;
}

enum status party_changes(struct ctx *ctx, int64_t party, struct party_change **ret_changes, size_t *ret_count)
{
    struct sql_party_changes_row *rows;
    size_t count;
    TRY(sql_party_changes(ctx->db, ctx->arena, (struct sql_party_changes){.party = party}, &rows, &count));
    struct party_change *changes = arena_array(ctx->arena, struct party_change, count + 1);
    if (changes == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++)
        changes[i] = (struct party_change){.at = {rows[i].at_ms},
                                           .who = rows[i].who,
                                           .column = rows[i].field,
                                           .before = rows[i].before,
                                           .after = rows[i].after};
    *ret_changes = changes;
    *ret_count = count;
    return OK;
}

/* ---- changes ---- */

struct str party_folded(struct arena *arena, const struct party *party)
{
    const struct str parts[] = {party->name, party->first_name, party->complement, party->id_number};
    struct buf folded BUF_SCOPE = BUF_INIT(FOLDED_MAX);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        utf8_fold(&folded, parts[i]);
        buf_add_byte(&folded, ' ');
    }
    return str_copy(arena, buf_str(&folded));
}

/* Trimmed; a number without blanks and in capitals. */
static struct party cleaned(struct ctx *ctx, const struct party *party)
{
    struct party clean = *party;
    for (size_t i = 0; i < PARTY_FIELDS; i++) {
        struct str said = str_trim(party_said(party, i));
        *party_text(&clean, i) = str_is_absent(said) ? STR("") : said;
    }
    clean.id_number = identifier_plain(ctx->arena, clean.id_number);
    return clean;
}

enum status party_known(struct ctx *ctx, const struct party *party)
{
    struct party there, clean = cleaned(ctx, party);
    struct sql_party_twin_row twins;
    struct sql_party_twin in = {
        .name = clean.name, .first_name = clean.first_name, .postcode = clean.postcode};
    if (clean.id_number.len > 0)
        return party_of_number(ctx, clean.id_kind, clean.id_number, &there);
    TRY(sql_party_twin(ctx->db, ctx->arena, in, &twins));
    return twins.number > 0 ? OK : NOT_FOUND;
}

/* Nobody else has its number. */
static enum status check_free(struct ctx *ctx, const struct party *party, struct faults *faults)
{
    struct party there;
    if (party->id_number.len == 0)
        return OK;
    enum status found = party_of_number(ctx, party->id_kind, party->id_number, &there);
    if (found != OK)
        return found == NOT_FOUND ? OK : found;
    if (there.id == party->id)
        return OK;
    fault_add(faults, "party.there", STR("id_number"), party->id_number, there.name);
    return refuse(ctx, CONFLICT, "accounting.party_there", T_accounting_party_taken);
}

static enum status note(struct ctx *ctx, int64_t party, struct str field, struct str before, struct str after)
{
    return sql_party_change_add(ctx->db, (struct sql_party_change_add){.party = party,
                                                                       .at_ms = ctx->now.ms,
                                                                       .person = ctx->actor.person,
                                                                       .field = field,
                                                                       .before = before,
                                                                       .after = after});
}

enum status party_add(struct ctx *ctx, const struct party *party, struct faults *faults, int64_t *ret_id)
{
    struct sql_party_add_row added;
    struct party clean = cleaned(ctx, party);
    clean.id = 0;
    TRY(party_check(&clean, faults));
    TRY(check_free(ctx, &clean, faults));
    struct sql_party_add in = {.name = clean.name,
                               .complement = clean.complement,
                               .title = clean.title,
                               .first_name = clean.first_name,
                               .id_kind = clean.id_kind,
                               .id_number = clean.id_number,
                               .category = clean.category,
                               .nature = clean.nature,
                               .street_before = clean.street_before,
                               .street = clean.street,
                               .street_after = clean.street_after,
                               .postcode = clean.postcode,
                               .place = clean.place,
                               .country = clean.country,
                               .mail = clean.mail,
                               .phone = clean.phone,
                               .folded = party_folded(ctx->arena, &clean)};
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    TRY(sql_party_add(ctx->db, ctx->arena, in, &added));
    *ret_id = added.id;
    return note(ctx, added.id, STR("created"), STR(""), clean.name);
}

static enum status note_changes(struct ctx *ctx, const struct party *before, const struct party *after)
{
    for (size_t i = 0; i < PARTY_FIELDS; i++) {
        struct str was = party_said(before, i), is = party_said(after, i);
        if (!str_eq(was, is))
            TRY(note(ctx, after->id, str_of(party_fields[i].column), was, is));
    }
    if (before->is_active == after->is_active)
        return OK;
    struct str yes = STR("yes"), no = STR("no");
    return note(ctx, after->id, STR("is_active"), after->is_active ? no : yes, after->is_active ? yes : no);
}

enum status party_change(struct ctx *ctx, const struct party *party, struct faults *faults)
{
    struct party before, clean = cleaned(ctx, party);
    TRY(party_get(ctx, party->id, &before));
    TRY(party_check(&clean, faults));
    TRY(check_free(ctx, &clean, faults));
    struct sql_party_set in = {.id = clean.id,
                               .name = clean.name,
                               .complement = clean.complement,
                               .title = clean.title,
                               .first_name = clean.first_name,
                               .id_kind = clean.id_kind,
                               .id_number = clean.id_number,
                               .category = clean.category,
                               .nature = clean.nature,
                               .street_before = clean.street_before,
                               .street = clean.street,
                               .street_after = clean.street_after,
                               .postcode = clean.postcode,
                               .place = clean.place,
                               .country = clean.country,
                               .mail = clean.mail,
                               .phone = clean.phone,
                               .is_active = clean.is_active,
                               .folded = party_folded(ctx->arena, &clean)};
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    TRY(sql_party_set(ctx->db, in));
    return note_changes(ctx, &before, &clean);
}
