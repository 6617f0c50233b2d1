#include "service/accounting/spend/spend_verb.h"

#include "base/base64.h"
#include "service/accounting/lang.h"
#include "service/accounting/proof.h"

enum { FINDINGS_BYTES = 64 << 10 };

enum status spend_verify_print(struct ctx *ctx, struct verb_call *call)
{
    struct buf findings BUF_SCOPE = BUF_INIT(FINDINGS_BYTES);
    struct book_proof proof;
    TRY(proof_whole(ctx, &proof, &findings));
    buf_add_format(call->out, "entries %llu postings %llu hash ", (unsigned long long)proof.entries,
                   (unsigned long long)proof.postings);
    hex_encode(call->out, (struct str){(const char *)proof.hash.bytes, CHAIN_HASH_BYTES});
    buf_add_c(call->out, " digest ");
    hex_encode(call->out, (struct str){(const char *)proof.digest.bytes, CHAIN_HASH_BYTES});
    buf_add_c(call->out, "\n");
    buf_add(call->out, buf_str(&findings));
    return findings.len > 0 ? refuse(ctx, CORRUPT, "accounting.journal", T_accounting_journal_broken) : OK;
}
