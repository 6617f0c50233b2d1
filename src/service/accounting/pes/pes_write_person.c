/* Whom a line pays or asks (Tiers), where, and on which account. */
#include "service/accounting/pes/pes_writer.h"

static void put_address(struct pes_writer *writer, const struct pes_address *address)
{
    pes_begin(writer, "Adresse", 0);
    pes_put(writer, "TypAdr", address->kind.len > 0 ? address->kind : STR("1"));
    pes_put(writer, "Adr1", address->first);
    pes_put(writer, "Adr2", address->street);
    pes_put(writer, "Adr3", address->last);
    pes_put(writer, "CP", address->postcode);
    pes_put(writer, "Ville", address->town);
    pes_put_flag(writer, "CodRes", address->is_abroad);
    pes_put(writer, "CodPays", address->country);
    pes_end(writer);
}

static void put_account(struct pes_writer *writer, const struct pes_account *account)
{
    pes_begin(writer, "CpteBancaire", 0);
    pes_put(writer, "BIC", account->bic);
    pes_put(writer, "IBAN", account->iban);
    pes_put(writer, "LibBanc", account->bank);
    pes_put(writer, "TitCpte", account->holder);
    pes_end(writer);
}

static void put_info(struct pes_writer *writer, bool is_receipt, const struct pes_person *person)
{
    pes_begin(writer, "InfoTiers", 0);
    pes_put(writer, "IdTiers", person->number);
    if (is_receipt)
        pes_put_day(writer, "DteNaissance", person->born);
    pes_put(writer, "NatIdTiers", person->number_kind);
    pes_put(writer, "RefTiers", person->reference);
    pes_put(writer, "CatTiers", person->category);
    pes_put(writer, "NatJur", person->nature);
    if (is_receipt)
        pes_put(writer, "TypTiers", person->role.len > 0 ? person->role : STR("01"));
    pes_put(writer, "Civilite", person->title);
    pes_put(writer, "Nom", person->name);
    pes_put(writer, "ComplNom", person->more_name);
    pes_put(writer, "Prenom", person->first_name);
    pes_end(writer);
}

void pes_put_person(struct pes_writer *writer, bool is_receipt, const struct pes_person *person, size_t number)
{
    pes_begin(writer, "Tiers", number);
    put_info(writer, is_receipt, person);
    if (person->address != NULL)
        put_address(writer, person->address);
    if (person->account != NULL)
        put_account(writer, person->account);
    pes_end(writer);
}
