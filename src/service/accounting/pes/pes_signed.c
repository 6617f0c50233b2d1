#include "service/accounting/pes/pes_signed.h"

#include "service/accounting/pes/pes_at.h"

enum { TIME_MAX = 40 };

static const struct xml *first_signature(const struct xml *element)
{
    for (const struct xml *child = element == NULL ? NULL : element->first; child != NULL; child = child->next)
        if (!str_is_absent(child->name) && str_eq(child->space, STR(SIGN_SPACE)) &&
            str_eq(child->name, STR("Signature")))
            return child;
    return NULL;
}

/* ---- each bordereau ---- */

struct round {
    struct arena *arena;
    struct faults *faults;
    const struct sign_key *key;
    struct instant now;
    struct str file;
    struct buf *out;
    size_t copied; /* of the file so far */
};
typedef enum status of_slip(struct round *round, const struct pes_at *slip);

static enum status each_slip(struct round *round, const struct pes_at *root, of_slip *look)
{
    static const char *const names[] = {"PES_DepenseAller", "PES_RecetteAller"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const struct pes_at part = pes_child(root, names[i]);
        for (struct pes_at slip = pes_first(&part, "Bordereau"); slip.element != NULL; slip = pes_next(&slip))
            TRY(look(round, &slip));
    }
    return OK;
}

/* ---- looking ---- */

static void say(struct round *round, const struct pes_at *at, const struct sign_seen *seen)
{
    static const char *const rules[] = {[SIGN_BROKEN] = "sign.broken",     [SIGN_FORGED] = "sign.forged",
                                        [SIGN_OTHER] = "sign.other",       [SIGN_UNTIMELY] = "sign.untimely",
                                        [SIGN_UNKNOWN] = "sign.unknown"};
    struct buf wanted BUF_SCOPE = BUF_INIT(TIME_MAX);
    if (seen->state == SIGN_RIGHT)
        return;
    if (seen->state == SIGN_UNTIMELY)
        instant_write(&wanted, seen->valid_until);
    bool is_other = seen->state == SIGN_OTHER;
    pes_fault(round->faults, rules[seen->state], at, NULL, str_is_absent(seen->about) ? STR("") : seen->about,
              is_other ? xml_attribute(at->element, "Id") : buf_str(&wanted));
}

static enum status check_one(struct round *round, const struct pes_at *at)
{
    const struct xml *signature = first_signature(at->element);
    struct sign_seen seen;
    if (signature == NULL)
        return OK;
    TRY(sign_check(round->arena, at->element, at->above == NULL, signature, &seen));
    say(round, at, &seen);
    return OK;
}

enum status pes_signed_check(struct arena *arena, const struct xml *root, struct faults *faults)
{
    const struct pes_at at = {.element = root};
    struct round round = {.arena = arena, .faults = faults};
    enum status done = check_one(&round, &at);
    done = done == OK ? each_slip(&round, &at, check_one) : done;
    if (done == LIMIT)
        pes_fault(faults, "pes.limit", &at, NULL, STR(""), STR(""));
    return done;
}

static enum status find_one(struct round *round, const struct pes_at *at)
{
    (void)round;
    return first_signature(at->element) != NULL ? CONFLICT : OK;
}

bool pes_is_signed(const struct xml *root)
{
    const struct pes_at at = {.element = root};
    return find_one(NULL, &at) == CONFLICT || each_slip(NULL, &at, find_one) == CONFLICT;
}

/* ---- signing ---- */

/* The file up to the bordereau's end tag, then its signature: whose letters are single bytes, as the file's must be. */
static enum status sign_one(struct round *round, const struct pes_at *at)
{
    size_t end = at->element->end;
    if (end < round->copied || !str_starts(str_after(round->file, end), STR("</Bordereau"))) {
        pes_fault(round->faults, "xml.read", at, NULL, STR("UTF-16"), STR(""));
        return INVALID;
    }
    buf_add(round->out, str_slice(round->file, round->copied, end));
    round->copied = end;
    enum status done = sign_write(round->out, at->element, round->key, round->now);
    if (done == INVALID)
        pes_fault(round->faults, "sign.key", at, NULL, xml_attribute(at->element, "Id"), STR(""));
    return done;
}

/* Faults of a file that was not signed yet: it is looked at in a tree of its own, as pes_check wants it. */
static enum status look_before(struct str file, struct faults *faults)
{
    static const struct pes_context to_be_signed = {.is_unsigned = true};
    struct arena *arena ARENA_SCOPE = arena_create(XML_ARENA);
    struct xml *root;
    struct xml_fault fault;
    enum status done = xml_read(arena, file, &root, &fault);
    if (done != OK) {
        fault_add(faults, "xml.read", STR("/"), str_of(fault.what), STR(""));
        return done;
    }
    const struct pes_at at = {.element = root};
    if (pes_kind_of(root) != PES_ALLER)
        pes_fault(faults, "pes.root", &at, NULL, root->name, STR("PES_Aller"));
    else
        TRY(pes_check(root, &to_be_signed, faults));
    return OK;
}

/* What says that it will be signed, has no signature yet, and has an Id in each bordereau. */
static enum status needs_one(struct round *round, const struct pes_at *at)
{
    const struct pes_at head = pes_child(at->above, pes_child(at->above, "EnTeteDepense").element != NULL
                                                        ? "EnTeteDepense"
                                                        : "EnTeteRecette");
    if (first_signature(at->element) != NULL || str_is_absent(xml_attribute(at->element, "Id")))
        pes_fault(round->faults, "R07", at, NULL, STR(""), STR("Id"));
    if (!pes_flag(&head, "InfoDematerialisee"))
        pes_fault(round->faults, "R06", at, NULL, STR("0"), STR("Signature"));
    return OK;
}

static enum status sign_all(struct round *round)
{
    struct arena *arena ARENA_SCOPE = arena_create(XML_ARENA);
    struct xml *root;
    struct xml_fault fault;
    enum status done = xml_read_exact(arena, round->file, &root, &fault);
    if (done != OK) {
        fault_add(round->faults, "xml.read", STR("/"), str_of(fault.what), STR(""));
        return done;
    }
    const struct pes_at at = {.element = root};
    round->arena = arena;
    if (first_signature(root) != NULL)
        pes_fault(round->faults, "R07", &at, NULL, STR(""), STR("Id"));
    TRY(each_slip(round, &at, needs_one));
    if (round->faults->found > 0)
        return INVALID;
    TRY(each_slip(round, &at, sign_one));
    buf_add(round->out, str_after(round->file, round->copied));
    return buf_status(round->out);
}

static enum status read_unsigned(struct arena *arena, struct str file, struct xml **ret_root)
{
    static const char *const names[] = {"PES_DepenseAller", "PES_RecetteAller"};
    struct xml_fault fault;
    TRY(xml_read(arena, file, ret_root, &fault));
    xml_drop(*ret_root, "Signature");
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct xml *slip = xml_child(xml_child(*ret_root, names[i]), "Bordereau");
        for (; slip != NULL; slip = xml_next(slip, "Bordereau"))
            xml_drop(slip, "Signature");
    }
    return OK;
}

enum status pes_signed_compare(struct str file, struct str own, struct buf *ret_where)
{
    struct arena *arena ARENA_SCOPE = arena_create(XML_ARENA), *own_arena ARENA_SCOPE = arena_create(XML_ARENA);
    struct xml *root, *own_root;
    TRY(read_unsigned(arena, file, &root));
    TRY(read_unsigned(own_arena, own, &own_root));
    return xml_same(own_root, root, ret_where) ? OK : CONFLICT;
}

/* As whoever gets it reads it. */
static enum status look_after(struct str file, struct faults *faults)
{
    struct arena *arena ARENA_SCOPE = arena_create(XML_ARENA);
    struct xml *root;
    struct xml_fault fault;
    TRY(xml_read_exact(arena, file, &root, &fault));
    TRY(pes_signed_check(arena, root, faults));
    return faults->found > 0 ? BUG : OK;
}

enum status pes_sign(struct buf *out, struct str file, const struct sign_key *key, struct instant now,
                     struct faults *faults)
{
    struct round round = {.faults = faults, .key = key, .now = now, .file = file, .out = out};
    size_t from = out->len;
    TRY(look_before(file, faults));
    if (faults->found > 0)
        return INVALID;
    enum status done = sign_all(&round);
    if (done == LIMIT && faults->found == 0)
        fault_add(faults, "pes.limit", STR("/PES_Aller"), STR(""), STR(""));
    TRY(done);
    return look_after(str_after(buf_str(out), from), faults);
}
