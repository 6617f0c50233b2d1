/* A signature is made: its digests, then what is signed of it, then its value. */
#include "base/base64.h"
#include "document/canon.h"
#include "document/sign_crypto.h"

enum { ARENA = 1 << 20, WORDS_MAX = 8192 };

#define EXCLUSIVE "http://www.w3.org/2001/10/xml-exc-c14n#"
#define SHA_256 "http://www.w3.org/2001/04/xmlenc#sha256"
#define XADES "http://uri.etsi.org/01903/v1.1.1#"

/* What the signature says, in base64; empty where it is not known yet. */
struct parts {
    struct str id;
    struct instant now;
    struct buf content, properties, certificate_digest; /* digests */
    struct buf value, certificate, issuer, serial;
};

/* ---- its words ---- */

static void put_escaped(struct buf *out, struct str words)
{
    for (size_t i = 0; i < words.len; i++)
        switch (words.at[i]) {
        case '&': buf_add_literal(out, "&amp;"); break;
        case '<': buf_add_literal(out, "&lt;"); break;
        case '>': buf_add_literal(out, "&gt;"); break;
        case '"': buf_add_literal(out, "&quot;"); break;
        default: buf_add_byte(out, words.at[i]);
        }
}

static void put_reference(struct buf *out, const struct parts *parts, bool is_content)
{
    buf_add_literal(out, "<ds:Reference ");
    if (!is_content)
        buf_add_literal(out, "Type=\"" XADES "SignedProperties\" ");
    buf_add_literal(out, "URI=\"#");
    put_escaped(out, parts->id);
    buf_add_c(out, is_content ? "\"><ds:Transforms><ds:Transform Algorithm=\"" SIGN_SPACE "enveloped-signature\"/>"
                              : "_SIG_1_SP\"><ds:Transforms>");
    buf_add_literal(out, "<ds:Transform Algorithm=\"" EXCLUSIVE "\"/></ds:Transforms>"
                         "<ds:DigestMethod Algorithm=\"" SHA_256 "\"/><ds:DigestValue>");
    buf_add(out, buf_str(is_content ? &parts->content : &parts->properties));
    buf_add_literal(out, "</ds:DigestValue></ds:Reference>");
}

static void put_info(struct buf *out, const struct parts *parts)
{
    buf_add_literal(out, "<ds:SignedInfo><ds:CanonicalizationMethod Algorithm=\"" EXCLUSIVE "\"/><ds:SignatureMethod "
                         "Algorithm=\"http://www.w3.org/2001/04/xmldsig-more#rsa-sha256\"/>");
    put_reference(out, parts, true);
    put_reference(out, parts, false);
    buf_add_literal(out, "</ds:SignedInfo>");
}

static void put_certificate(struct buf *out, const struct parts *parts)
{
    buf_add_literal(out, "<xad:SigningCertificate><xad:Cert><xad:CertDigest><xad:DigestMethod Algorithm=\"" SHA_256
                         "\"/><xad:DigestValue>");
    buf_add(out, buf_str(&parts->certificate_digest));
    buf_add_literal(out, "</xad:DigestValue></xad:CertDigest><xad:IssuerSerial><ds:X509IssuerName>");
    put_escaped(out, buf_str(&parts->issuer));
    buf_add_literal(out, "</ds:X509IssuerName><ds:X509SerialNumber>");
    buf_add(out, buf_str(&parts->serial));
    buf_add_literal(out, "</ds:X509SerialNumber></xad:IssuerSerial></xad:Cert></xad:SigningCertificate>");
}

static void put_properties(struct buf *out, const struct parts *parts)
{
    buf_add_literal(out, "<ds:Object><xad:QualifyingProperties xmlns:xad=\"" XADES "\" Target=\"#");
    put_escaped(out, parts->id);
    buf_add_literal(out, "_SIG_1\"><xad:SignedProperties Id=\"");
    put_escaped(out, parts->id);
    buf_add_literal(out, "_SIG_1_SP\"><xad:SignedSignatureProperties><xad:SigningTime>");
    instant_write(out, parts->now);
    buf_add_literal(out, "</xad:SigningTime>");
    put_certificate(out, parts);
    buf_add_literal(out, "<xad:SignaturePolicyIdentifier><xad:SignaturePolicyImplied/></xad:SignaturePolicyIdentifier>"
                         "</xad:SignedSignatureProperties></xad:SignedProperties></xad:QualifyingProperties>"
                         "</ds:Object>");
}

static void put_signature(struct buf *out, const struct parts *parts)
{
    buf_add_literal(out, "<ds:Signature xmlns:ds=\"" SIGN_SPACE "\" Id=\"");
    put_escaped(out, parts->id);
    buf_add_literal(out, "_SIG_1\">");
    put_info(out, parts);
    buf_add_literal(out, "<ds:SignatureValue>");
    buf_add(out, buf_str(&parts->value));
    buf_add_literal(out, "</ds:SignatureValue><ds:KeyInfo><ds:X509Data><ds:X509Certificate>");
    buf_add(out, buf_str(&parts->certificate));
    buf_add_literal(out, "</ds:X509Certificate></ds:X509Data></ds:KeyInfo>");
    put_properties(out, parts);
    buf_add_literal(out, "</ds:Signature>");
}

/* ---- its digests ---- */

static void digest_of(struct buf *out, struct str bytes)
{
    struct buf digest BUF_SCOPE = BUF_INIT(SIGN_DIGEST_MAX);
    sign_digest(&digest, EVP_sha256(), bytes);
    base64_encode(out, buf_str(&digest));
}

/* One part of the signature as it is so far, in its canonical form. */
static enum status canon_of_part(struct buf *out, const struct parts *parts, bool is_info)
{
    struct arena *arena ARENA_SCOPE = arena_create(ARENA);
    struct buf whole BUF_SCOPE = BUF_INIT(SIGN_OUT_MAX);
    struct xml *root;
    struct xml_fault fault;
    put_signature(&whole, parts);
    TRY(buf_status(&whole));
    TRY(xml_read_exact(arena, buf_str(&whole), &root, &fault));
    const struct xml *properties = xml_child(xml_child(root, "Object"), "QualifyingProperties");
    return canon_write(out, is_info ? xml_child(root, "SignedInfo") : xml_child(properties, "SignedProperties"), NULL);
}

static void tell_certificate(struct parts *parts, const struct sign_key *key)
{
    struct buf der BUF_SCOPE = BUF_INIT(SIGN_OUT_MAX);
    sign_certificate_write(&der, key->certificate);
    base64_encode(&parts->certificate, buf_str(&der));
    digest_of(&parts->certificate_digest, buf_str(&der));
    sign_certificate_name(&parts->issuer, X509_get_issuer_name(key->certificate));
    sign_certificate_serial(&parts->serial, key->certificate);
}

static enum status sign_parts(struct parts *parts, const struct xml *element, const struct sign_key *key)
{
    struct buf canon BUF_SCOPE = BUF_INIT(2 * (size_t)XML_BYTES_MAX), properties BUF_SCOPE = BUF_INIT(SIGN_OUT_MAX);
    struct buf info BUF_SCOPE = BUF_INIT(SIGN_OUT_MAX), value BUF_SCOPE = BUF_INIT(SIGN_VALUE_MAX);
    tell_certificate(parts, key);
    TRY(canon_write(&canon, element, NULL));
    digest_of(&parts->content, buf_str(&canon));
    TRY(canon_of_part(&properties, parts, false));
    digest_of(&parts->properties, buf_str(&properties));
    TRY(canon_of_part(&info, parts, true));
    TRY(sign_rsa(&value, key->secret, EVP_sha256(), buf_str(&info)));
    base64_encode(&parts->value, buf_str(&value));
    return OK;
}

enum status sign_write(struct buf *out, const struct xml *element, const struct sign_key *key, struct instant now)
{
    struct parts parts = {.id = xml_attribute(element, "Id"), .now = now};
    struct buf *texts[] = {&parts.content, &parts.properties, &parts.certificate_digest, &parts.value,
                           &parts.certificate, &parts.issuer, &parts.serial};
    if (parts.id.len == 0 || parts.id.len > SIGN_NAME_MAX || !sign_certificate_is_valid_at(key->certificate, now))
        return INVALID;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        *texts[i] = BUF_INIT(WORDS_MAX);
    enum status done = sign_parts(&parts, element, key);
    if (done == OK)
        put_signature(out, &parts);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        done = done == OK ? buf_status(texts[i]) : done;
        buf_finish(texts[i]);
    }
    return done == OK ? buf_status(out) : done;
}
