/* A command is one IMAP client command as a tree of arguments: tag, name, and what follows.
 *
 * Why a tree and not a meaning: front only frames and lexes; town interprets, with one parser
 * per grammar (imap_fetch.h, imap_search.h...). Texts are slices of the lexed bytes, or of the
 * arena where an escape was removed; both must outlive the command. Nothing here is an answer: a
 * parser that refuses gives a constant English sentence for the BAD line. */
#ifndef PROTO_IMAP_IMAP_COMMAND_H
#define PROTO_IMAP_IMAP_COMMAND_H

#include "base/arena.h"
#include "base/str.h"

enum imap_kind {
    IMAP_ATOM,   /* also numbers, flags, NIL, sequence sets, list patterns, "BODY[TEXT]<0.10>" */
    IMAP_STRING, /* quoted or literal: text is the content, without NUL unless is_literal8 */
    IMAP_LIST,   /* items[count] */
    IMAP_STREAM, /* a literal that went to the reader's sink: stream is its index, size its bytes */
};

struct imap_arg {
    struct str text;        /* ATOM, STRING */
    struct imap_arg *items; /* LIST */
    size_t count;
    uint64_t size;   /* STREAM */
    uint32_t stream; /* STREAM: 0 for the first of the command */
    enum imap_kind kind;
    bool is_literal8; /* STRING, STREAM: written ~{n} (RFC 3516, RFC 6855) */
};

struct imap_command {
    struct str tag;
    struct str name; /* as written; compare with str_eq_nocase */
    bool is_uid;     /* "UID FETCH": name is then the second word (RFC 9051 section 6.4.9) */
    struct imap_arg *args;
    size_t count;
};

/* What a reader, the lexer or town accepts. The two rows below are the house's. */
struct imap_limits {
    size_t command_max; /* bytes of one command held in memory: its lines and its small literals */
    size_t token_max;   /* arguments at every depth together */
    size_t depth_max;   /* parentheses within parentheses */
    uint64_t literal_max;  /* bytes of one literal: APPENDLIMIT (RFC 7889) after login */
    uint64_t stream_above; /* a literal of more bytes than this goes to the sink, not into memory */
};

enum { IMAP_TAG_MAX = 128, IMAP_DEPTH_MAX = 64, IMAP_TOKEN_MAX = 20000 };

/* Before login (ID alone may carry 30 fields of 1,024 octets, RFC 2971 section 3.3), and after;
 * the second takes the site's APPENDLIMIT as literal_max. */
extern const struct imap_limits imap_limits_before_login;
struct imap_limits imap_limits_after_login(uint64_t append_max);

/* Room for the tree of any command that the limits accept; untouched memory costs nothing. */
enum { IMAP_COMMAND_ARENA = 6 << 20 };

/* Lexes one whole command: lines with CRLF, in-memory literals after their "{n}" CRLF, streamed
 * ones left out. INVALID with *ret_why, a constant sentence; LIMIT when a limit or the arena is
 * reached, also with a sentence. ret_command->tag is set when a tag could be read, else absent.
 * RFC 9051 section 9. */
MUST_USE enum status imap_lex(struct str text, const struct imap_limits *limits,
                              struct arena *arena, struct imap_command *ret_command,
                              const char **ret_why);

/* ---- reading single arguments; NULL or the wrong kind is INVALID or false ---- */

/* The argument at `index`, or NULL. */
static inline const struct imap_arg *imap_arg_at(const struct imap_command *command, size_t index)
{
    return index < command->count ? &command->args[index] : NULL;
}
/* An atom that is this word, in either case. */
bool imap_arg_is(const struct imap_arg *arg, struct str word);
/* atom: no list wildcard, no ']' and no backslash. */
MUST_USE enum status imap_arg_atom(const struct imap_arg *arg, struct str *ret_text);
/* astring: an atom (']' allowed) or a string. A list pattern or a flag is INVALID. */
MUST_USE enum status imap_arg_astring(const struct imap_arg *arg, struct str *ret_text);
/* list-mailbox: as astring, with % and * allowed in atoms. */
MUST_USE enum status imap_arg_pattern(const struct imap_arg *arg, struct str *ret_text);
/* nstring: a string, or the atom NIL, which gives the absent text. */
MUST_USE enum status imap_arg_nstring(const struct imap_arg *arg, struct str *ret_text);
/* number up to max: 32 bits for RFC 3501, 63 for mod-sequences and number64. */
MUST_USE enum status imap_arg_number(const struct imap_arg *arg, uint64_t max, uint64_t *ret_value);
static inline bool imap_arg_is_list(const struct imap_arg *arg)
{
    return arg != NULL && arg->kind == IMAP_LIST;
}

/* ---- characters (RFC 9051 section 9) ---- */

bool imap_is_atom_char(char c);    /* ATOM-CHAR */
bool imap_is_astring_char(char c); /* and ']' */
bool imap_is_token_char(char c); /* and '%', '*': what an IMAP_ATOM is made of after a first '\' */
/* A non-empty IMAP_ATOM text: an optional '\', then token characters ("\*" is one as well). */
bool imap_is_token(struct str text);
/* 1 to IMAP_TAG_MAX characters of astring-char except '+'. */
bool imap_is_tag(struct str text);

#endif
