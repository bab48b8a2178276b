using StalwartHardening.Rules;
using StalwartHardening.Server;

namespace StalwartHardening.Tests.Rules.Connections;

public class PlanUnencryptedBackendTests() : PlanRuleTest("SWH6002")
{
    [Theory]
    [InlineData("DataStore", "{\"@type\":\"PostgreSql\",\"host\":⟦\"db.example.net\"⟧,\"authSecret\":{\"@type\":\"None\"}}")]
    [InlineData("DataStore", "{\"@type\":\"PostgreSql\",\"host\":\"db.example.net\",\"useTls\":⟦false⟧,\"authSecret\":{\"@type\":\"None\"}}")]
    [InlineData("DataStore", "{\"@type\":\"PostgreSql\",\"host\":\"127.0.0.1\",\"authSecret\":{\"@type\":\"None\"},\"readReplicas\":{\"0\":{\"host\":⟦\"replica.example.net\"⟧,\"authSecret\":{\"@type\":\"None\"}}}}")]
    [InlineData("SearchStore", "{\"@type\":\"ElasticSearch\",\"url\":⟦\"http://search.example.net:9200\"⟧}")]
    [InlineData("InMemoryStore", "{\"@type\":\"RedisCluster\",\"urls\":{\"rediss://a.example.net\":true,⟦\"redis://redis.example.net\"⟧:true}}")]
    [InlineData("Coordinator", "{\"@type\":\"Nats\",\"addresses\":{⟦\"nats.example.net:4222\"⟧:true}}")]
    [InlineData("Coordinator", "{\"@type\":\"Kafka\",\"groupId\":\"g\",\"brokers\":{⟦\"kafka.example.net:9092\"⟧:true}}")]
    [InlineData("Coordinator", "{\"@type\":\"Redis\",\"url\":⟦\"redis://redis.example.net\"⟧}")]
    [InlineData("BlobStore", "{\"@type\":\"S3\",\"bucket\":\"b\",\"region\":{\"@type\":\"Custom\",\"customEndpoint\":⟦\"http://s3.example.net\"⟧,\"customRegion\":\"r\"}}")]
    [InlineData("InMemoryStore", "{\"@type\":\"Redis\",\"url\":⟦\"redis://redis.example.net\"⟧}")]
    [InlineData("InMemoryStore", "{\"@type\":\"RedisCluster\",\"urls\":{⟦\"redis://redis.example.net\"⟧:true}}")]
    [InlineData("SearchStore", "{\"@type\":\"Meilisearch\",\"url\":⟦\"http://search.example.net:7700\"⟧}")]
    [InlineData("SpamSettings", "{\"spamFilterRulesUrl\":⟦\"http://rules.example.net/r.gz\"⟧}")]
    public void Clear_text_across_a_network_triggers(string type, string value) => Finds(Update(type, value));

    [Theory]
    [InlineData("Directory", "{\"@type\":\"Ldap\",\"description\":\"d\",\"baseDn\":\"dc=x\",\"url\":⟦\"ldap://ldap.example.net\"⟧}")]
    [InlineData("MtaMilter", "{\"hostname\":⟦\"filter.example.net\"⟧}")]
    [InlineData("MtaHook", "{\"url\":⟦\"http://filter.example.net/hook\"⟧}")]
    [InlineData("WebHook", "{\"url\":⟦\"http://events.example.net\"⟧}")]
    [InlineData("Tracer", "{\"@type\":\"OtelHttp\",\"endpoint\":⟦\"http://otel.example.net\"⟧}")]
    public void Objects_too(string type, string value) => Finds(Create(type, value));

    [Theory]
    [InlineData("DataStore", "{\"@type\":\"PostgreSql\",\"host\":\"db.example.net\",\"useTls\":true,\"authSecret\":{\"@type\":\"None\"}}")]
    [InlineData("DataStore", "{\"@type\":\"PostgreSql\",\"host\":\"127.0.0.1\",\"authSecret\":{\"@type\":\"None\"}}")]
    [InlineData("DataStore", "{\"@type\":\"PostgreSql\",\"host\":\"${DB_HOST}\",\"authSecret\":{\"@type\":\"None\"}}")]
    [InlineData("DataStore", "{\"@type\":\"Sqlite\",\"path\":\"/db\"}")]
    [InlineData("InMemoryStore", "{\"@type\":\"Redis\",\"url\":\"rediss://redis.example.net\"}")]
    [InlineData("InMemoryStore", "{\"@type\":\"Redis\",\"url\":\"{{ redis }}\"}")]
    public void Elsewhere_nothing(string type, string value) => FindsNothing(Update(type, value));

    [Theory]
    [InlineData("Directory", "{\"@type\":\"Ldap\",\"description\":\"d\",\"baseDn\":\"dc=x\",\"url\":\"ldaps://ldap.example.net\"}")]
    [InlineData("Directory", "{\"@type\":\"Ldap\",\"description\":\"d\",\"baseDn\":\"dc=x\",\"url\":\"ldap://ldap.example.net\",\"useTls\":true}")]
    [InlineData("Directory", "{\"@type\":\"Ldap\",\"description\":\"d\",\"baseDn\":\"dc=x\"}")]
    [InlineData("MtaMilter", "{\"hostname\":\"filter.example.net\",\"enable\":{\"else\":\"false\"}}")]
    [InlineData("WebHook", "{\"url\":\"http://events.example.net\",\"enable\":false}")]
    [InlineData("MtaRoute", "{\"@type\":\"Relay\",\"name\":\"r\",\"address\":\"mail.example.net\"}")]
    public void Objects_that_are_encrypted_off_or_near_neither(string type, string value) => FindsNothing(Create(type, value));

    [Fact]
    public void What_an_existing_server_holds_nobody_knows() => FindsNothing(
        "{\"@type\":\"update\",\"object\":\"DataStore\",\"value\":{\"host\":\"db.example.net\"}}\n", ServerState.Existing);

    [Fact]
    public void A_neighbour_is_information() =>
        Assert.Equal(RuleSeverity.Info, Assert.Single(Finds(Update("DataStore", "{\"@type\":\"MySql\",\"host\":⟦\"mysql\"⟧,\"authSecret\":{\"@type\":\"None\"}}"))).Severity);

    [Fact]
    public void Members_of_a_set_are_told_to_use_the_other_scheme() =>
        Assert.Contains("Use the encrypted scheme", Assert.Single(Finds(Update("InMemoryStore", "{\"@type\":\"RedisCluster\",\"urls\":{⟦\"redis://redis.example.net\"⟧:true}}"))).Message, StringComparison.Ordinal);
}

public class PlanCertificateValidationTests() : PlanRuleTest("SWH6001")
{
    [Theory]
    [InlineData("MtaRoute", "{\"@type\":\"Relay\",\"name\":\"r\",\"address\":\"mail.example.net\",\"allowInvalidCerts\":⟦true⟧}")]
    [InlineData("MtaMilter", "{\"hostname\":\"filter.example.net\",\"useTls\":true,\"allowInvalidCerts\":⟦true⟧}")]
    [InlineData("MtaHook", "{\"url\":\"https://filter.example.net\",\"allowInvalidCerts\":⟦true⟧}")]
    public void Any_certificate_triggers(string type, string value) => Finds(Create(type, value));

    [Theory]
    [InlineData("MtaRoute", "{\"@type\":\"Relay\",\"name\":\"r\",\"address\":\"127.0.0.1\",\"allowInvalidCerts\":true}")]
    [InlineData("MtaRoute", "{\"@type\":\"Relay\",\"name\":\"r\",\"address\":\"mail.example.net\",\"allowInvalidCerts\":false}")]
    [InlineData("MtaRoute", "{\"@type\":\"Relay\",\"name\":\"r\",\"address\":\"mail.example.net\",\"allowInvalidCerts\":\"${ALLOW}\"}")]
    [InlineData("MtaMilter", "{\"hostname\":\"filter.example.net\",\"allowInvalidCerts\":true}")]
    public void Elsewhere_nothing(string type, string value) => FindsNothing(Create(type, value));

    [Fact]
    public void The_strategy_for_all_triggers() =>
        Finds("{\"@type\":\"upsert\",\"object\":\"MtaTlsStrategy\",\"value\":{\"s\":{\"name\":\"default\",\"allowInvalidCerts\":⟦true⟧}}}\n");

    [Theory]
    [InlineData("invalid-tls")]
    [InlineData("other")]
    public void One_that_is_not_tried_first_does_not(string name) =>
        FindsNothing("{\"@type\":\"upsert\",\"object\":\"MtaTlsStrategy\",\"value\":{\"s\":{\"name\":\"" + name + "\",\"allowInvalidCerts\":true}}}\n");

    [Fact]
    public void One_that_is_chosen_for_all_triggers() => Finds(
        "{\"@type\":\"upsert\",\"object\":\"MtaTlsStrategy\",\"value\":{\"s\":{\"name\":\"other\",\"allowInvalidCerts\":⟦true⟧}}}\n"
        + Update("MtaOutboundStrategy", "{\"tls\":{\"match\":{},\"else\":\"'other'\"}}"));

    [Fact]
    public void The_one_for_after_a_failure_triggers_where_it_is_tried_first()
    {
        Finds(Update("MtaOutboundStrategy", "{\"tls\":{\"match\":{},\"else\":⟦\"'invalid-tls'\"⟧}}"));
        FindsNothing(Update("MtaOutboundStrategy", "{\"tls\":{\"match\":{\"0\":{\"if\":\"retry_num > 0\",\"then\":\"'invalid-tls'\"}},\"else\":\"'default'\"}}"));
        FindsNothing("{\"@type\":\"upsert\",\"object\":\"MtaTlsStrategy\",\"value\":{\"s\":{\"name\":\"invalid-tls\",\"allowInvalidCerts\":false}}}\n"
            + Update("MtaOutboundStrategy", "{\"tls\":{\"match\":{},\"else\":\"'invalid-tls'\"}}"));
    }
}

public class PlanOutboundTransportTests() : PlanRuleTest("SWH6003")
{
    [Theory]
    [InlineData("startTls", RuleSeverity.Warning)]
    [InlineData("dane", RuleSeverity.Info)]
    [InlineData("mtaSts", RuleSeverity.Info)]
    public void What_is_switched_off_triggers(string field, Enum severity) =>
        Assert.Equal(severity, Assert.Single(Finds("{\"@type\":\"upsert\",\"object\":\"MtaTlsStrategy\",\"value\":{\"s\":{\"name\":\"default\",\"" + field + "\":⟦\"disable\"⟧}}}\n")).Severity);

    [Theory]
    [InlineData("{\"name\":\"default\",\"dane\":\"require\"}")]
    [InlineData("{\"name\":\"default\",\"dane\":\"optional\"}")]
    [InlineData("{\"name\":\"default\",\"dane\":\"${DANE}\"}")]
    [InlineData("{\"name\":\"unused\",\"dane\":\"disable\"}")]
    public void What_is_asked_for_or_unused_does_not(string value) =>
        FindsNothing("{\"@type\":\"upsert\",\"object\":\"MtaTlsStrategy\",\"value\":{\"s\":" + value + "}}\n");
}

public class PlanMetricsTests() : PlanRuleTest("SWH6005")
{
    private const string Secret = "\"authSecret\":{\"@type\":\"EnvironmentVariable\",\"variableName\":\"M\"}";

    [Theory]
    [InlineData("{\"@type\":⟦\"Enabled\"⟧}")]
    [InlineData("{\"@type\":⟦\"Enabled\"⟧,\"authUsername\":\"m\"}")]
    [InlineData("{\"@type\":⟦\"Enabled\"⟧," + Secret + "}")]
    public void Metrics_that_ask_for_less_than_both_trigger(string prometheus)
    {
        var finding = Assert.Single(Finds(Update("Metrics", "{\"openTelemetry\":{\"@type\":\"Disabled\"},\"prometheus\":" + prometheus + "}")));
        Assert.Contains("'Metrics/prometheus/authUsername' and 'Metrics/prometheus/authSecret'", finding.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"@type\":\"Disabled\"}")]
    [InlineData("{\"@type\":\"Enabled\",\"authUsername\":\"m\"," + Secret + "}")]
    [InlineData("{\"@type\":\"Enabled\",\"authUsername\":\"${USER}\"," + Secret + "}")]
    public void Others_do_not(string prometheus) => FindsNothing(Update("Metrics", "{\"prometheus\":" + prometheus + "}"));
}

public class PlanLogTests() : PlanRuleTest("SWH6006")
{
    [Fact]
    public void Recording_everything_triggers() =>
        Assert.Equal(RuleSeverity.Warning, Assert.Single(Finds(Create("Tracer", "{\"@type\":\"Stdout\",\"level\":⟦\"trace\"⟧}"))).Severity);

    [Fact]
    public void Switching_the_last_log_off_triggers() =>
        Assert.Equal(RuleSeverity.Info, Assert.Single(Finds("{\"@type\":\"destroy\",\"object\":\"Tracer\"}\n" + Create("Tracer", "{\"@type\":\"Stdout\",\"enable\":⟦false⟧}"))).Severity);

    [Fact]
    public void Leaving_out_log_in_triggers() =>
        Finds(Create("Tracer", "{\"@type\":\"Stdout\",\"events\":{⟦\"auth.failed\"⟧:true}}"));

    [Fact]
    public void Raising_the_bytes_themselves_triggers() => Finds(Create("EventTracingLevel", "{\"event\":\"imap.raw-input\",\"level\":⟦\"info\"⟧}"));

    [Theory]
    [InlineData("{\"@type\":\"Stdout\"}")]
    [InlineData("{\"@type\":\"Stdout\",\"level\":\"debug\"}")]
    [InlineData("{\"@type\":\"Stdout\",\"level\":\"${LEVEL}\"}")]
    [InlineData("{\"@type\":\"Stdout\",\"level\":\"trace\",\"enable\":false}")]
    [InlineData("{\"@type\":\"Stdout\",\"eventsPolicy\":\"include\",\"events\":{\"auth.failed\":true}}")]
    public void Others_do_not(string tracer) => FindsNothing(Create("Tracer", tracer));
}

public class PlanSignatureTests() : PlanRuleTest("SWH6004")
{
    private const string Manual = "{\"@type\":\"create\",\"object\":\"Domain\",\"value\":{\"d\":{\"name\":\"example.org\",\"dkimManagement\":{\"@type\":\"Manual\"}}}}\n";

    [Fact]
    public void A_domain_without_a_key_is_information() =>
        Assert.Equal(RuleSeverity.Info, Assert.Single(Finds(Manual.Replace("\"Manual\"", "⟦\"Manual\"⟧", StringComparison.Ordinal))).Severity);

    [Fact]
    public void With_a_key_it_is_not() => FindsNothing(Manual + "{\"@type\":\"create\",\"object\":\"DkimSignature\",\"value\":{\"k\":{\"@type\":\"Dkim1Ed25519Sha256\",\"selector\":\"s\",\"domainId\":\"#d\",\"privateKey\":{\"@type\":\"File\",\"filePath\":\"/k\"}}}}\n");

    [Fact]
    public void On_an_existing_server_nobody_knows() => FindsNothing(Manual, ServerState.Existing);

    [Fact]
    public void Managed_keys_are_fine() => FindsNothing(Create("Domain", "{\"name\":\"example.org\"}"));
}
