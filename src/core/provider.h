/* A provider is a language model that is not ours and that towns may have reword quotations: who made it, where it is,
 * what may be asked of it.
 *
 * The operator declares providers in DIR/providers.conf; none comes with the program. One is at an address, or local: a
 * GGUF file that this machine computes with. A provider is outside when one of its addresses lies in no network of the
 * syndicate, and is then given nothing that is not public; a local one never is. A town's page asks
 * (core/house_ask.h, the kinds of the role provider) in lines of JSON of the shapes below. The asking names what the
 * town decided about (address, model, outside or not): a provider that has changed since is not asked. */
#ifndef CORE_PROVIDER_H
#define CORE_PROVIDER_H

#include "base/buf.h"
#include "core/shape.h"
#include "os/network.h"

enum {
    PROVIDER_FILE_MAX = 64 << 10,
    PROVIDER_VALUE_MAX = 500,
    PROVIDER_NAME_MAX = 40,
    PROVIDERS_MAX = 16,
    PROVIDER_NETWORKS_MAX = 32,
    PROVIDER_TEXT_MAX = 6000, /* bytes of what is sent, so that it fits HOUSE_WORDS_MAX however it is escaped */
    PROVIDER_SAID_MAX = 8000, /* bytes that are kept of what it says */
    PROVIDER_TOKENS_MAX = 800,
    PROVIDER_MEMORY_PERCENT = 50, /* where the operator says nothing */
};

/* Its identity card, as anybody may read it. "": the operator does not know. */
struct provider_card {
    struct str name;     /* a-z, 0-9, '-': what a decision names */
    struct str address;  /* as configured: "https://model.example/v1"; of a local one provider_file_address */
    struct str model;    /* what it is asked for */
    struct str maker, licence, training, place, energy;
    bool is_outside;
};

struct provider {
    struct provider_card card;
    struct str model_file, library; /* of a local one, relative to DIR: the GGUF; the folder of libllama. Else "" */
    bool is_tls;
    struct str host; /* a name, or an address without brackets; "": it is local */
    int64_t port;
    struct str key_file; /* "": it wants no key; relative to DIR */
    struct str ca_file;  /* PEM of who vouches for it; "": whom the system trusts */
    bool tells_probabilities; /* it is asked for them */
};

struct providers {
    struct provider at[PROVIDERS_MAX];
    size_t count;
    struct network networks[PROVIDER_NETWORKS_MAX]; /* of the syndicate; loopback is the first */
    size_t network_count;
    int64_t memory_percent; /* of this machine's memory: what all local models together may take */
};

/* The text of providers.conf: `networks = ...`, then a `[name]` and its settings for each. Slices into it. INVALID:
 * *ret_line is the line at fault (of a provider that lacks something: its last). Whether one is outside is not known
 * yet. */
MUST_USE enum status providers_parse(struct str text, struct providers *ret_providers, int *ret_line);

bool provider_is_local(const struct provider *provider);
/* How a local one is named to towns, "file:NAME.gguf sha256:HEX": another file needs another decision.
 * LIMIT: longer than a decision can hold. */
MUST_USE enum status provider_file_address(struct buf *out, struct str path, const unsigned char sha256[32]);

/* ---- what a town asks ---- */

struct provider_ask {
    struct str name, address, model;
    bool is_outside; /* as the town decided; nothing else is believed of it */
    struct str text; /* the exact text, at most PROVIDER_TEXT_MAX */
};

enum provider_stage {
    PROVIDER_WAITS, /* in the line */
    PROVIDER_RUNS,
    PROVIDER_DONE,  /* said, or why not */
    PROVIDER_FULL,  /* too many wait: not taken */
};

enum provider_failure {
    PROVIDER_WELL,
    PROVIDER_AWAY,     /* no such host, nobody there, no TLS */
    PROVIDER_SLOW,     /* longer than it may take */
    PROVIDER_REFUSED,  /* 4xx */
    PROVIDER_ILL,      /* 5xx, or it broke off */
    PROVIDER_MOVED,    /* 3xx: it sends elsewhere, where nobody goes */
    PROVIDER_LONG,     /* more bytes than are read */
    PROVIDER_ODD,      /* no answer of the known form */
    PROVIDER_CHANGED,  /* it is not the one the town decided about, or is declared no more */
    PROVIDER_UNUSABLE, /* its file, or libllama, cannot be used here */
    PROVIDER_NARROW,   /* the text is longer than what it can read */
    PROVIDER_FAILURES,
};

struct provider_state {
    int64_t stage, failure;
    int64_t place;       /* in the line, from 1 */
    struct str said;     /* as it came, UTF-8 */
    bool is_cut;         /* it stopped at the length it was given, not at an end */
    int64_t tokens;      /* whose probabilities it told; 0: none, or none that can be */
    int64_t surprise;    /* their mean of -log p, in thousandths */
    int64_t energy_uwh;  /* microwatt-hours it says it took; -1: not told */
};
extern const struct shape provider_card_shape, provider_ask_shape, provider_state_shape;

#endif
