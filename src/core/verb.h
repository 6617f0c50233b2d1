/* A verb is one thing an operator types: `parvis -d DIR person add ADDRESS ...`, worked off in steps.
 *
 * Why steps: each runs in the process that owns what it touches, whether `serve` runs or not, and none holds a town's
 * writer longer than 20 ms. What a step hands over goes to the next one through the command line: a little text that
 * stays until it is replaced (`hand`), and bytes for the next step alone (`output`, its `input`). A step may send the
 * command line back to itself or to another one (`next`), and so works through any amount of data in small pieces; with
 * what is done of how much it says how far it is. The usage line is the grammar: the words are checked against it
 * once. */
#ifndef CORE_VERB_H
#define CORE_VERB_H

#include "base/buf.h"
#include "core/ctx.h"

enum verb_place {
    VERB_COMMAND = 1, /* the command line's own process: standard input, and files as whoever types may read them */
    VERB_PARENT,      /* ctx->db is syndicate.db, in a transaction */
    VERB_TOWN,        /* the member's writer; a job, at most 20 ms */
    VERB_AUTH,        /* ctx->db is the member's auth.db, in a transaction */
    VERB_READER,      /* a process of its own that reads the member's files beside the writer, as long as it takes */
    VERB_OTHERWISE,   /* in the command, and only when the step before came to nothing: its role is down or late */
    VERB_CONVERT,     /* the input is a document: a process of its own reads it, and gives a conversion (no run) */
    VERB_UNPACK,      /* the same for an archive of sheets: the conversion's line, then one for each sheet */
    VERB_ATTACHED,    /* the same for a PDF invoice: the file of data in it, as the words of a conversion */
    VERB_ALONE,       /* in the command, without a syndicate: typed without -d DIR, its folder is NULL */
};
enum {
    VERB_STEPS_MAX = 8,
    VERB_WORDS_MAX = 32,
    VERB_HANDED_MAX = 64 << 10,
    VERB_OUT_MAX = 256 << 10,   /* bytes one step may print */
    VERB_BULK_MAX = 80 << 20,   /* bytes one step may give to the next */
    VERB_PASSWORD_MAX = 4 << 10,
    VERB_ANSWER_MS = 3 * 1000,  /* what a role of a house that runs may take over a step before VERB_OTHERWISE */
};

struct verb_call {
    const struct verb *verb;
    const struct str *words; /* after the verb's own, options included */
    size_t word_count;
    const char *folder;      /* DIR; NULL where a role must not care */
    int64_t member;          /* the member of this step; a step that sets it chooses that of the steps to come */
    struct arena *always;    /* in the command: memory for as long as the verb lasts */
    void **kept;             /* in the command: what its steps keep from one to the next, in `always`; NULL at first */
    struct str handed, input;
    struct buf *out;         /* what is printed */
    struct buf *hand;        /* left empty: what was handed stays */
    struct buf *output;
    int next;                /* the step to go on with; this one's successor unless it says otherwise */
    int64_t done, total;     /* of the whole verb, for the time left; total 0: not known */
    bool has_changed_members; /* in the parent: its roles must be told */
    bool is_told;            /* in the command: the person knows what went wrong */
    bool is_partial;         /* in the command: the verb goes on, and ends as busy */
    bool is_unread;          /* in the command: what it should have looked at could not be read */
};
typedef enum status verb_run(struct ctx *ctx, struct verb_call *call);

struct verb {
    const char *words; /* "person add" */
    const char *usage; /* "ADDRESS --name N [--password-stdin] [--role agent|admin|operator]" */
    enum text_key help;
    struct {
        enum verb_place place;
        verb_run *run;
    } steps[VERB_STEPS_MAX]; /* up to the first without a place */
};

struct service;

/* The verb whose own words begin `words`, the longest first, of one table. *ret_taken: how many are its own. */
const struct verb *verb_among(const struct verb *verbs, size_t verb_count, const struct str *words, size_t word_count,
                              size_t *ret_taken);
/* The same over the services of a list, NULL-terminated. */
const struct verb *verb_of(const struct service *const *services, const struct str *words, size_t word_count,
                           size_t *ret_taken);

/* Do these words fit the usage line? Words in capitals are arguments, `--name N` an option with a value, `--name`
 * alone a switch; what stands in brackets may be left out; `a|b` leaves a choice that the steps check. */
bool verb_accepts(const char *usage, const struct str *words, size_t word_count);

/* The nth argument; the value of an option ("--name"); absent when it was not given. */
struct str verb_argument(const struct verb_call *call, size_t number);
struct str verb_option(const struct verb_call *call, const char *name);
bool verb_has(const struct verb_call *call, const char *name);

/* In the command: standard input, one final newline dropped. LIMIT above `max` bytes. */
MUST_USE enum status verb_read_input(struct ctx *ctx, size_t max, struct str *ret_bytes);

#endif
