/* A route answers one method and path pattern of one service with a page, a redirect or bytes.
 *
 * Path of a request: front parses HTTP -> auth gives the ticket for the cookie -> the role that owns the
 * route (town, or auth for pages that handle credentials) finds it here, checks its permission, its form
 * and the anti-forgery token, then calls the handler. A route without a permission does not register.
 * POST answers with a redirect. Headers are added in one place (web.c), by front's rule for all. */
#ifndef CORE_WEB_H
#define CORE_WEB_H

#include "core/conversion.h"
#include "proto/http/http_field.h"

enum web_method { WEB_GET, WEB_POST };
enum web_owner { WEB_TOWN, WEB_AUTH };

/* A request as the front parsed it: all slices are valid UTF-8 where text, and bounded by proto/http. */
struct web_request {
    enum web_method method;
    struct str path;            /* decoded, starts with '/', no '..', no NUL */
    struct str query;           /* still encoded */
    struct str content_type;    /* of the body */
    struct str body;            /* form bytes; mapped from a memfd when large */
    struct str accept_language; /* header, or absent */
    struct str form_token;      /* what this session's forms must carry (from the cookie, by front) */
    struct str remote;          /* address of the client, for back-off and audit */
    struct str device;          /* User-Agent, at most 300 bytes, any bytes */
    struct str host;            /* as asked, with its port */
    bool is_secure;             /* over TLS */
    bool is_in_every_language;  /* as its route says */
    bool wants_fragment;        /* asked by enhance.js with Accept: text/fragment+html */
    struct str params[4];       /* what matched {…} in the route's pattern, in order */
    const struct http_fields *fields; /* decoded query (GET) or form (POST) fields, files included */
    const struct web_house *house; /* what the parent answered; NULL: not asked yet */
    const struct web_hash *hashes; /* what the hasher answered to the handler's wishes */
    size_t hash_count;
};

/* Passwords are hashed in a process of their own. A handler of auth that needs one asks with web_hash_ask and
 * returns OK; the role undoes its rows, has the work done, and calls the handler again with the answers. */
struct web_hash {
    struct str password;
    struct str verifier; /* to check against; absent: make a new one */
    bool is_right;       /* answer to a check */
    struct str made;     /* answer: the new verifier; absent when the hasher could not */
};
enum { WEB_HASHES_MAX = 2 };

/* What only the parent knows or may change, asked by a handler of a town with web_house_ask: the role undoes its
 * rows, asks, and calls the handler again with the answer. One question a request. */
struct web_house {
    int64_t kind;              /* enum house_ask_kind */
    struct str member, words;  /* as struct house_ask; the answer has the words it is for */
    struct str actor;          /* whoever asks: filled by web_house_ask */
    enum status status;        /* the answer: what became of it */
    enum text_key sentence;    /* why not, for the person; T_none: nothing more is known */
    struct str lines;
};

/* A document for the role convert, given away by a handler of a town with web_convert_ask. */
struct web_convert {
    struct str document; /* absent: none is given */
    enum conversion_kind kind;
    int64_t row;
    conversion_take *take;
};

/* The first value by that name, absent when there is none. */
struct str web_value(const struct web_request *request, const char *name);
/* The same, "" when there is none. */
struct str web_text(const struct web_request *request, const char *name);
/* A decimal field; `otherwise` when absent or no number. */
int64_t web_int(const struct web_request *request, const char *name, int64_t otherwise);
bool web_has(const struct web_request *request, const char *name);

enum {
    WEB_BODY_MAX = 64 << 20,
    WEB_FORM_MAX = 1 << 20, /* of pages of credentials, and of whoever is not signed in: no file is sent there */
};

struct web_response {
    int code;                 /* 200, 303, 404... */
    struct str content_type;  /* text/html; charset=utf-8 by default */
    struct str location;      /* for 303 */
    struct str file_name;     /* Content-Disposition: attachment */
    struct str policy;        /* Content-Security-Policy instead of the house's; mail frames need one */
    struct str set_cookie;    /* only auth: the new session token; "" deletes it; absent leaves it */
    bool is_cacheable;        /* immutable asset */
    bool is_unlisted;         /* search engines are told to keep nothing of it */
    int64_t delay_ms;         /* held back so long: refused sign-ins */
    struct web_hash hashes[WEB_HASHES_MAX];
    bool asks_house;          /* a question to the parent, and no answer yet */
    struct web_house house;
    struct web_convert convert; /* a document given away */
    size_t hash_count;        /* more than the request's: wishes, and no answer yet */
    struct buf body;
    struct str lasting;       /* instead of the body: bytes of the program itself, which no request copies */
};

typedef enum status web_handler(struct ctx *ctx, const struct web_request *request,
                                struct web_response *response);

/* WEB_OPEN_IN_ALL: open, and all its sentences are also in the guests' languages (translate.h). */
enum web_open { WEB_CLOSED = false, WEB_OPEN = true, WEB_OPEN_IN_ALL };

struct web_route {
    enum web_method method;
    const char *pattern;        /* "/mail/{folder}/message/{id}": each {…} matches one segment */
    enum permission permission; /* PERMISSION_NONE must be written out */
    enum web_open open;         /* not WEB_CLOSED beside PERMISSION_NONE: somebody meant it */
    web_handler *handler;
};

/* True when the answer to the handler's `index`th wish is there; else the wish is noted. LIMIT-free: index is
 * below WEB_HASHES_MAX, and wishes come in the same order at each call. */
bool web_hash_ask(const struct web_request *request, struct web_response *response, size_t index,
                  struct web_hash wish);

/* OK: request->house is the answer, with status OK. BUSY: not asked before; the question is noted, and the handler
 * gives the status on. Else the answer's status, with its sentence as the refusal. */
MUST_USE enum status web_house_ask(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                                   struct web_house ask);

/* Once the handler's rows stand, the document is given to a convert; `take` is called with what it says, or with why it
 * says nothing. The bytes are the request's. One document a request, at most WORDING_DOCUMENT_MAX bytes. */
void web_convert_ask(struct web_response *response, struct str document, int64_t row, conversion_take *take);
/* The same for what is in a PDF invoice. */
void web_invoice_ask(struct web_response *response, struct str document, int64_t row, conversion_take *take);

/* 303 to a path of this host: `location` is formatted, never taken from input unchecked. */
MUST_USE enum status web_redirect(struct ctx *ctx, struct web_response *response, const char *format, ...)
    FORMAT(3, 4);

/* `path` when it is a path of this host ("/mail?x=1", never "//host" or "/\\host"), else `otherwise`. */
struct str web_local_path(struct str path, struct str otherwise);

/* HTTP's code of a status: the one table. */
int web_code(enum status status);

/* The code of "language=en" in a query: what somebody not signed in has pressed; "" when they have not. */
struct str web_asked_language(struct str query);
/* The path (arena), which goes on in the language that was pressed, where the page asked for speaks it. */
struct str web_go_on(struct ctx *ctx, const struct web_request *request, struct str path);
/* Person's wish, then the browser's (Accept-Language, RFC 9110 section 12.5.4), then the town's. Each "" or "fr",
 * "en". */
enum language web_language(struct str person, struct str accept_language, struct str town);

#endif
