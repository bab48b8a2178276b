namespace StalwartHardening.Expressions;

/// <summary>The names that <c>metric('…')</c> knows (the enumeration MetricType of server 0.16.18).</summary>
internal static class MetricNames
{
    private const string Names = """
        acme.auth-error acme.auth-too-many-attempts acme.client-missing-sni acme.error acme.order-completed acme.order-invalid acme.tls-alpn-error 
        acme.token-not-found arc.broken-chain arc.chain-too-long arc.has-header-tag arc.invalid-cv arc.invalid-instance auth.error auth.failed 
        auth.success auth.too-many-attempts calendar.alarm-failed calendar.alarm-sent calendar.itip-message-error calendar.itip-message-received 
        calendar.itip-message-sent cluster.publisher-error cluster.subscriber-disconnected cluster.subscriber-error dane.authentication-failure 
        dane.authentication-success dane.bogus-dnssec-record dane.certificate-parse-error dane.no-certificates-found dane.tlsa-record-fetch-error 
        dane.tlsa-record-invalid dane.tlsa-record-not-dnssec-signed dane.tlsa-record-not-found delivery.active-connections delivery.attempt-end 
        delivery.attempt-start delivery.attempt-time delivery.auth-failed delivery.completed delivery.concurrency-limit-exceeded delivery.delivered 
        delivery.double-bounce delivery.dsn-perm-fail delivery.dsn-success delivery.dsn-temp-fail delivery.ehlo-rejected delivery.greeting-failed 
        delivery.implicit-tls-error delivery.ip-lookup-failed delivery.mail-from-rejected delivery.message-rejected delivery.mx-lookup-failed 
        delivery.null-mx delivery.rate-limit-exceeded delivery.rcpt-to-failed delivery.rcpt-to-rejected delivery.start-tls-disabled 
        delivery.start-tls-error delivery.start-tls-unavailable delivery.total-time dkim.chain-too-long dkim.custody-break dkim.exploded dkim.fail 
        dkim.failed-auid-match dkim.failed-body-hash-match dkim.failed-verification dkim.header-hash-mismatch dkim.incompatible-algorithms 
        dkim.instance-above-signature dkim.instance-missing dkim.instance-not-signed dkim.instance-syntax dkim.instance-tag-missing 
        dkim.mail-from-domain-mismatch dkim.mail-from-mismatch dkim.modified dkim.neutral dkim.next-domain-mismatch dkim.no-valid-algorithm 
        dkim.none dkim.pass dkim.perm-error dkim.public-key-algorithm-mismatch dkim.public-key-fetch dkim.public-key-missing 
        dkim.public-key-multiple dkim.public-key-syntax dkim.rcpt-to-mismatch dkim.revoked-public-key dkim.sequence-gap dkim.sequence-overflow 
        dkim.signature-expired dkim.signature-length dkim.signature-missing dkim.signature-syntax dkim.signature-tag-missing 
        dkim.signature-tag-unexpected dkim.signer-not-found dkim.temp-error dkim.unsupported-algorithm dkim.unsupported-canonicalization 
        dkim.unsupported-key-type dkim.unsupported-version dmarc.fail dmarc.none dmarc.pass dmarc.perm-error dmarc.temp-error dns.lookup-time 
        dns.record-creation-failed dns.record-deletion-failed dns.record-lookup-failed dns.record-propagation-timeout domain.count 
        eval.directory-not-found eval.error eval.store-not-found http.active-connections http.connection-start http.error http.request-body 
        http.request-time http.response-body http.x-forwarded-missing imap.active-connections imap.connection-end imap.connection-start 
        imap.request-time incoming-report.abuse-report incoming-report.arf-parse-failed incoming-report.auth-failure-report 
        incoming-report.decompress-error incoming-report.dmarc-parse-failed incoming-report.dmarc-report incoming-report.dmarc-report-with-warnings 
        incoming-report.fraud-report incoming-report.message-parse-failed incoming-report.not-spam-report incoming-report.other-report 
        incoming-report.tls-report incoming-report.tls-report-with-warnings incoming-report.tls-rpc-parse-failed incoming-report.virus-report 
        iprev.fail iprev.none iprev.pass iprev.perm-error iprev.temp-error jmap.forbidden jmap.invalid-arguments jmap.method-call jmap.not-json 
        jmap.not-request jmap.request-too-large jmap.unknown-method jmap.unsupported-filter jmap.unsupported-sort jmap.websocket-error 
        jmap.websocket-start limit.blob-quota limit.calls-in limit.concurrent-connection limit.concurrent-request limit.concurrent-upload 
        limit.quota limit.size-request limit.size-upload limit.tenant-quota limit.too-many-requests mail-auth.base64 mail-auth.crypto 
        mail-auth.dns-error mail-auth.dns-invalid-record-type mail-auth.dns-record-not-found mail-auth.io mail-auth.missing-parameters 
        mail-auth.no-headers-found mail-auth.parse-error mail-auth.policy-not-aligned manage-sieve.connection-end manage-sieve.connection-start 
        message-ingest.duplicate message-ingest.error message-ingest.ham message-ingest.imap-append message-ingest.index-time 
        message-ingest.jmap-append message-ingest.search-index message-ingest.spam message-ingest.time message.authenticated-size message.size 
        milter.action-accept milter.action-connection-failure milter.action-discard milter.action-reject milter.action-reply-code 
        milter.action-shutdown milter.action-temp-fail mta-hook.action-accept mta-hook.action-discard mta-hook.action-quarantine 
        mta-hook.action-reject mta-hook.error mta-sts.authorized mta-sts.invalid-policy mta-sts.not-authorized network.timeout 
        outgoing-report.dkim-rate-limited outgoing-report.dkim-report outgoing-report.dmarc-aggregate-report outgoing-report.dmarc-rate-limited 
        outgoing-report.dmarc-report outgoing-report.http-submission outgoing-report.no-recipients-found outgoing-report.not-found 
        outgoing-report.reporting-address-validation-error outgoing-report.size outgoing-report.spf-rate-limited outgoing-report.spf-report 
        outgoing-report.submission-error outgoing-report.tls-aggregate outgoing-report.unauthorized-reporting-address pop3.active-connections 
        pop3.connection-end pop3.connection-start pop3.request-time push-subscription.error push-subscription.not-found push-subscription.success 
        queue.authenticated-message-queued queue.autogenerated-queued queue.blob-not-found queue.concurrency-limit-exceeded queue.count 
        queue.dsn-queued queue.message-queued queue.quota-exceeded queue.rate-limit-exceeded queue.report-queued queue.rescheduled 
        resource.bad-parameters resource.error resource.not-found security.abuse-ban security.authentication-ban security.ip-blocked 
        security.loiter-ban security.scan-ban security.unauthorized server.memory server.thread-error sieve.action-accept 
        sieve.action-accept-replace sieve.action-discard sieve.action-reject sieve.active-connections sieve.message-too-large sieve.not-supported 
        sieve.quota-exceeded sieve.request-time sieve.runtime-error sieve.send-message sieve.unexpected-error smtp.active-connections smtp.arc-fail 
        smtp.arc-pass smtp.auth-exchange-too-long smtp.auth-mechanism-not-supported smtp.command-not-implemented smtp.concurrency-limit-exceeded 
        smtp.connection-end smtp.connection-start smtp.did-not-say-ehlo smtp.dkim-fail smtp.dkim-pass smtp.dkim2-dsn-discarded smtp.dkim2-fail 
        smtp.dkim2-pass smtp.dmarc-fail smtp.dmarc-pass smtp.error smtp.invalid-command smtp.invalid-ehlo smtp.iprev-fail smtp.iprev-pass 
        smtp.loop-detected smtp.mail-from-missing smtp.mail-from-unauthenticated smtp.mail-from-unauthorized smtp.mailbox-does-not-exist 
        smtp.message-parse-failed smtp.message-too-large smtp.multiple-mail-from smtp.rate-limit-exceeded smtp.rcpt-to-duplicate 
        smtp.rcpt-to-missing smtp.relay-not-allowed smtp.request-time smtp.request-too-large smtp.spf-ehlo-fail smtp.spf-ehlo-pass 
        smtp.spf-from-fail smtp.spf-from-pass smtp.syntax-error smtp.time-limit-exceeded smtp.too-many-invalid-rcpt smtp.too-many-messages 
        smtp.too-many-recipients smtp.transfer-limit-exceeded spam.classify spam.dnsbl-error spam.model-not-ready spam.pyzor-error 
        spam.train-completed spam.train-sample-added spf.fail spf.neutral spf.none spf.pass spf.perm-error spf.soft-fail spf.temp-error 
        store.assert-value-failed store.azure-error store.blob-delete store.blob-missing-marker store.blob-read store.blob-read-time 
        store.blob-write store.blob-write-time store.crypto-error store.data-corruption store.data-iterate store.data-read-time store.data-write 
        store.data-write-time store.decompress-error store.deserialize-error store.elasticsearch-error store.filesystem-error 
        store.foundationdb-error store.http-store-error store.ldap-error store.mysql-error store.not-configured store.not-found store.not-supported 
        store.pool-error store.postgresql-error store.redis-error store.rocksdb-error store.s3-error store.sqlite-error store.unexpected-error 
        task-manager.blob-not-found task-manager.metadata-not-found telemetry.alert-event telemetry.alert-message telemetry.journal-error 
        telemetry.log-error telemetry.otel-exporter-error telemetry.otel-metrics-exporter-error telemetry.prometheus-exporter-error 
        telemetry.webhook-error tls.handshake-error user.count
        """;

    private static readonly HashSet<string> All = new(Names.Split(' ', '\n'), StringComparer.Ordinal);

    public static bool Contains(string name) => All.Contains(name);
}
