"""Every column of words is known: either an erased person is blanked out of it, or it cannot name
one, and it is said why."""

from django.apps import apps

from pult.clients.texts import all_texts

TEXTUAL = {"TextField", "CharField", "JSONField", "EmailField"}
CODED = "codes, ids, numbers and digests: nobody types words there"
STAFF = "the agency's own people, rules and settings, no person of a client"
FRAME = "what the framework keeps of colleagues who sign in"
COMPANY = "names of firms, brands, services and their accounts: the client, not a person"
SIGNED = "papers that the law of accounting has the agency keep as they were issued or received"
IN_SIGHT = "what came in a file, shown by its name; the rows themselves are blanked by the erasure"
THEIRS = "codes, counts, digests and ids there; an id made of the person's name is replaced apart"
LOOKED = "told by name to whoever erases, on the person's page, to be looked through by them"
ITSELF = "the erased person's own columns, emptied whole by the erasure"
INDEXED = "the index of search, made anew from the columns it is made of"
OWN = "a colleague's own view or mapping, which belongs to no client"
NAMELESS = {
    CODED: """
        contenttypes.ContentType app_label model
        kernel.Fact kind refs key state role source external_id payload
        kernel.Outbox handler error
        kernel.Job name args key worker message result
        kernel.StoredFile sha256 mime
        kernel.SentForm digest
        regulation.Obligation clause subject_type role act
        regulation.Transition clause subject_type cause
        regulation.Timer clause
        regulation.Dirty clause reason
        regulation.SweepRun sample
        regulation.Postponement clause subject_type
        regulation.Waiver clause subject_type role
        regulation.Dispute clause subject_type
        regulation.EscalationSent clause subject_type role
        people.CarryOver source
        clients.Client gaps
        clients.TrustedMark reason_code
        clients.BriefChange field
        clients.HandoverPoint about clause
        clients.HandoverItem code
        clients.FirstCall aims gaps_settled
        clients.FieldChange table field
        clients.PlannedPause reason_code
        clients.StatusChange reason_code
        clients.Merge moved turned
        clients.ImportRow lines trail
        work.Task template
        work.Bounce clause fields from_state
        money.LineForecast band period
        migration.Difference field mark
        migration.FormerDeal currency stage
    """,
    STAFF: """
        regulation.CardEdition pack clause edition title title_en wording kind text file signed_as
        regulation.ParameterValue name unit scope_type reason
        regulation.ClauseMode clause reason
        regulation.CalendarVersion unit reason
        regulation.CalendarDay reason
        people.Team name
        people.User password email full_name phone post zone doors_shut_why
        people.Schedule zone week
        people.Topic name words note
        clients.OwnEntity name inn kpp ogrn address signatory
        clients.OwnAccount account bik bank currency
        clients.CustomField name options
        migration.Source name address secret zone columns lease_by trouble
        migration.TheirPerson external_id name email
        migration.TheirStatus kind external_id name
        migration.FormerDeal responsible
        work.TemplateEdition code departments title about fields checklist
    """,
    FRAME: """
        auth.Permission name codename
        auth.Group name
        sessions.Session session_key session_data
        account.EmailAddress email
        account.EmailConfirmation key
        mfa.Authenticator data
        usersessions.UserSession session_key user_agent data
    """,
    COMPANY: """
        clients.Group name
        clients.Client name
        clients.Brand name
        clients.Site host
        clients.PayerAlias name inn account
        clients.BankAccount account bik bank
        clients.Wallet platform login
        clients.ServiceLine name platform
        clients.LineFeed source login campaign_id
        money.SpendDay source campaign campaign_name
    """,
    SIGNED: """
        clients.LegalEntity name inn kpp ogrn address signatory postal_address
        clients.Contract number
        money.Deal number
        money.BankDocument kind number currency own_account party_name party_inn party_account
        money.BankDocument purpose content_key proposal
        money.Invoice number
        money.FormerNumber number key
        money.InvoiceLine title
        money.Payment payer_name
        work.ActLine title
        work.ContractorAct void_reason
    """,
    IN_SIGHT: """
        clients.ImportBatch file_name signature
        clients.ImportRow plan problems
        money.StatementFile sha256 name format encoding summary
        money.SpendFile sha256 name source summary
    """,
    THEIRS: """
        migration.Batch file_name lines decisions counts trouble
        migration.Item kind external_id marks table why
    """,
    ITSELF: "clients.Contact name phone phone_key email",
    INDEXED: "kernel.SearchDocument kind title title_tokens tokens",
    OWN: """
        clients.ImportMapping signature columns mapping
        money.ColumnMapping signature mapping
        web.SavedView page role known
    """,
    LOOKED: """
        knowledge.Entry title text words
        knowledge.Edition title text note
        web.SavedView name query
    """,
}


def test_every_column_of_words_is_blanked_or_cannot_name_a_person():
    blanked = {(one.table, name) for one in all_texts() for name in one.columns}
    nameless = set()
    for rows in NAMELESS.values():
        for table, *columns in map(str.split, rows.strip().splitlines()):
            nameless |= {(table, name) for name in columns}
    textual = {
        (model._meta.label, field.name)
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if field.get_internal_type() in TEXTUAL and not field.choices
    }
    assert blanked & nameless == set()
    assert sorted(textual - blanked - nameless) == []
    assert sorted((blanked | nameless) - textual) == []
