using System.Text.Json;
using System.Text.Json.Nodes;
using StalwartHardening.Plans;
using StalwartHardening.Settings;

namespace StalwartHardening.Tests.Plans;

/// <summary>The server after a run as settings: named by their objects, each at its place.</summary>
public class PlanReadingTests
{
    [Fact]
    public void Settings_are_named_by_their_objects_and_stand_where_they_were_written()
    {
        const string Text = """
            {"@type":"reconcile","object":"NetworkListener","value":{"a":{"name":"imap","bind":{"[::]:143":true,"10.0.0.1:143":true},"protocol":"imap","overrideProxyTrustedNetworks":{"10.0.0.0/8":true}}}}
            {"@type":"update","object":"Http","value":{"allowedEndpoints":{"match":{"7":{"if":"path == '/x'","then":"404"}},"else":"200"},"rateLimitAnonymous":null}}
            """;
        var reading = TestPlan.Read(Text, new PlanRunOptions());
        var document = reading.Document;
        Assert.Equal("\"[::]:143\"", At(Text, document, "NetworkListener/imap/bind/[::]:143", "true").Name);
        At(Text, document, "NetworkListener/imap/overrideProxyTrustedNetworks/10.0.0.0~18", "true");
        Assert.Equal(("\"protocol\"", "\"imap\""), At(Text, document, "NetworkListener/imap/protocol", "imap"));
        Assert.Equal(("\"if\"", "\"path == '/x'\""), At(Text, document, "Http/allowedEndpoints/match/0/if", "path == '/x'"));
        Assert.Equal(("\"rateLimitAnonymous\"", "null"), At(Text, document, "Http/rateLimitAnonymous", "null"));
        Assert.False(document.TryGet("NetworkListener/http/name", out _));
        Assert.Empty(document.OpenPrefixes);
        Assert.Equal(PlanVerb.Reconcile, reading.OperationOf("NetworkListener/imap/protocol")!.Verb);
        Assert.True(reading.TryGetValue("NetworkListener/imap/protocol", out var owner, out _));
        Assert.Equal("imap", owner.Label);
    }

    [Fact]
    public void Surviving_defaults_stand_at_the_operation_that_should_have_ended_them()
    {
        const string Text = """
            {"@type":"update","object":"Http","value":{"enableHsts":true}}
            {"@type":"upsert","object":"NetworkListener","value":{"a":{"name":"imaps","maxConnections":1}}}
            """;
        var reading = TestPlan.Read(Text, new PlanRunOptions());
        Assert.Equal("\"NetworkListener\"", At(Text, reading.Document, "NetworkListener/http/bind/[::]:8080", "true").Name);
        Assert.True(reading.IsSurvivingDefault("NetworkListener/http/bind/[::]:8080"));
        Assert.False(reading.IsSurvivingDefault("NetworkListener/imaps/maxConnections"));
        Assert.Equal(1, reading.OperationOf("NetworkListener/http/protocol")!.Index);
    }

    [Fact]
    public void What_nobody_knows_of_an_existing_server_is_open()
    {
        const string Text = """
            {"@type":"upsert","object":"NetworkListener","value":{"a":{"name":"imap","tlsImplicit":true}}}
            {"@type":"destroy","object":"Role"}
            {"@type":"update","object":"Http","value":{"allowedEndpoints":{"else":"404"},"responseHeaders/X":"1"}}
            """;
        var reading = TestPlan.Read(Text, new PlanRunOptions { Server = PlanServerState.Existing });
        Assert.True(reading.Run.IsSuccess);
        var document = reading.Document;
        Assert.True(document.MayBeElsewhere("NetworkListener/imap/", "bind"));
        Assert.True(document.MayBeElsewhere("NetworkListener/other/", "bind"));
        Assert.True(document.MayBeElsewhere("Http/allowedEndpoints/", "match"));
        Assert.True(document.MayBeElsewhere("Http/responseHeaders/", "Y"));
        Assert.True(document.MayBeElsewhere("Authentication/", "directoryId"));
        Assert.False(document.MayBeElsewhere("Role/User/", "description"));
        At(Text, document, "Http/allowedEndpoints/else", "404");
        At(Text, document, "Http/responseHeaders/X", "1");
    }

    [Fact]
    public void Placeholders_are_unknown_values()
    {
        const string Text = """{"@type":"upsert","object":"NetworkListener","value":{"a":{"name":"imap","bind":{"${HOST}:143":true},"protocol":"imap","maxConnections":{{ max }},"useTls":{{ tls }}}}}""";
        var reading = TestPlan.Read(Text, new PlanRunOptions());
        Assert.True(reading.Run.IsSuccess, string.Join(' ', reading.Run.Problems));
        At(Text, reading.Document, "NetworkListener/imap/bind/\uFFFC:143", "true");
        At(Text, reading.Document, "NetworkListener/imap/useTls", "\uFFFC");
    }

    [Fact]
    public void Different_placeholders_are_different_objects()
    {
        var run = TestPlan.Read("""{"@type":"upsert","object":"Domain","value":{"a":{"name":"{{ first }}"},"b":{"name":"{{ second }}"}}}""", new PlanRunOptions()).Run;
        Assert.True(run.IsSuccess);
        Assert.Equal(2, run.State.Objects("Domain").Count);
    }

    [Fact]
    public void What_newer_servers_have_is_no_mistake()
    {
        var run = TestPlan.Read("""{"@type":"create","object":"Domain","value":{"d":{"name":"example.org","allowScimProvisioning":false}}}""" + "\n" + """{"@type":"create","object":"Account","value":{"u":{"@type":"User","name":"ann","domainId":"#d","locale":"en-US"}}}""", new PlanRunOptions()).Run;
        Assert.Empty(run.Problems);
    }

    [Theory]
    [InlineData("#!/bin/sh\nstalwart-cli apply <<EOF\n{\"@type\":\"update\",\"object\":\"Http\",\"value\":{}}\nEOF\n", PlanTextKind.NotOurs)]
    [InlineData("""{"@type":"upsert","object":"Http","value":{}}""", PlanTextKind.Plan)]
    [InlineData("""[{"@type":"update","object":"Http","value":{}}]""", PlanTextKind.Plan)]
    [InlineData("# note\n{\"@type\":\"update\",\"object\":\"Http\",\"value\":{}}", PlanTextKind.Plan)]
    [InlineData("""{"object":"NetworkListener","value":{}}""", PlanTextKind.Plan)]
    [InlineData("{\n \"@type\": \"RocksDb\",\n \"path\": \"/var/lib/stalwart/\"\n}", PlanTextKind.DataStore)]
    [InlineData("""{"@type":"Person","name":"x"}""", PlanTextKind.NotOurs)]
    [InlineData("""{"@context":"https://schema.org","@type":"Sqlite","object":"x"}""", PlanTextKind.NotOurs)]
    [InlineData("""{"name":"package","version":"1.0.0"}""", PlanTextKind.NotOurs)]
    [InlineData("""{"using":["x"],"methodCalls":[["x:Http/set",{"update":{}},"0"]]}""", PlanTextKind.NotOurs)]
    [InlineData("", PlanTextKind.NotOurs)]
    public void Texts_are_told_by_what_they_say(string text, Enum kind) => Assert.Equal(kind, PlanIdentification.Of(text));

    [Fact]
    public void A_data_store_is_read()
    {
        const string Text = "{\n \"@type\": \"PostgreSql\",\n \"host\": \"db.example.org\", \"allowInvalidCerts\": true }";
        var reading = TestPlan.Read(Text, new PlanRunOptions());
        Assert.Equal(PlanTextKind.DataStore, reading.Kind);
        At(Text, reading.Document, "DataStore/allowInvalidCerts", "true");
        At(Text, reading.Document, "DataStore/@type", "PostgreSql");
        Assert.False(reading.Document.MayBeElsewhere("DataStore/", "useTls"));
    }

    [Fact]
    public void A_plan_leaves_behind_what_its_own_result_says_as_a_snapshot()
    {
        foreach (var plan in Plans())
        {
            var run = TestPlan.Run([TestPlan.Text(plan)], new PlanRunOptions());
            var text = TestPlan.Text(PlanStateWriter.WriteSnapshot(run.State));
            if (run.State.Objects("NetworkListener").Count > 0)
                Assert.Equal(PlanTextKind.Snapshot, PlanIdentification.Of(text));
            var snapshot = TestPlan.Snapshot(text);
            Assert.True(snapshot.IsSuccess, plan + "\n" + string.Join('\n', snapshot.Problems));
            Assert.Equal(Told(run.State), Told(snapshot.State));
        }
    }

    [Fact]
    public void Spelling_changes_nothing()
    {
        foreach (var plan in Plans())
        {
            var expected = PlanStateWriter.Write(TestPlan.Run([TestPlan.Text(plan)], new PlanRunOptions()).State);
            foreach (var other in new[] { WithPrefix(plan), WithPaths(plan), plan.Replace("\n", "\r\n\r\n", StringComparison.Ordinal) })
                Assert.Equal(expected, PlanStateWriter.Write(TestPlan.Run([TestPlan.Text(other)], new PlanRunOptions()).State));
        }
    }

    [Fact]
    public void Operations_on_different_singletons_may_change_places()
    {
        string[] lines =
        [
            """{"@type":"update","object":"Http","value":{"enableHsts":true}}""", """{"@type":"update","object":"Imap","value":{"allowPlainTextAuth":true}}""",
            """{"@type":"reconcile","object":"NetworkListener","value":{"a":{"name":"https","useTls":true}}}""", """{"@type":"destroy","object":"MtaTlsStrategy","value":{"name":"invalid-tls"}}""",
        ];
        var expected = PlanStateWriter.Write(TestPlan.Run([TestPlan.Text(string.Join('\n', lines))], new PlanRunOptions()).State);
        foreach (var order in new int[][] { [3, 2, 1, 0], [1, 3, 0, 2], [2, 0, 3, 1] })
            Assert.Equal(expected, PlanStateWriter.Write(TestPlan.Run([TestPlan.Text(string.Join('\n', order.Select(i => lines[i])))], new PlanRunOptions()).State));
    }

    [Fact]
    public void Every_real_file_is_read_and_run()
    {
        foreach (var file in Directory.GetFiles(Repository.SharedOrSkip("corpus16")).Order(StringComparer.Ordinal))
        {
            var text = File.ReadAllText(file);
            foreach (var server in Enum.GetValues<PlanServerState>())
            {
                var reading = TestPlan.Read(text, new PlanRunOptions { Server = server });
                Assert.All(reading.Run.Problems, problem => Assert.InRange(problem.Span.End, 0, text.Length));
                Assert.All(reading.Run.Remarks, remark => Assert.InRange(remark.Span.End, 0, text.Length));
                foreach (var setting in reading.Document.InTextOrder.ToArray())
                    Assert.InRange(setting.ValueSpan.End, 0, text.Length);
                Assert.NotNull(PlanStateWriter.Write(reading.Run));
            }

            for (var length = 0; length < text.Length; length += 1 + (text.Length / 25))
                Assert.NotNull(TestPlan.Read(text[..length], new PlanRunOptions()).Document);
        }
    }

    private static (string Name, string Value) At(string text, SettingsDocument document, string key, string value)
    {
        Assert.True(document.TryGet(key, out var setting), $"{key} is missing among {string.Join(' ', document.InTextOrder.ToArray().Select(known => known.Key).Take(300))}");
        Assert.Equal(value, setting.Value);
        return (text.Substring(setting.KeySpan.Start, setting.KeySpan.Length), text.Substring(setting.ValueSpan.Start, setting.ValueSpan.Length));
    }

    private static IEnumerable<string> Plans() =>
        File.ReadLines(Repository.PathOf("tests", "StalwartHardening.Core.Tests", "Vectors", "plan-cases.jsonl"))
            .Select(line => string.Join('\n', JsonNode.Parse(line)!["plan"]!.AsArray().Select(part => part!.GetValue<string>())));

    // A singleton that was stored and changed back tells its defaults; a snapshot of it is its defaults.
    private static string Told(PlanState state)
    {
        var objects = JsonNode.Parse(PlanStateWriter.Write(state, abbreviates: false))!.AsObject();
        foreach (var name in objects.Select(member => member.Key).ToList())
        {
            if (state.Singleton(name) is { Type.Kind: PlanTypeKind.Singleton } stored && stored.Type.Fields.All(field => PlanValue.AreEqual(stored[field], field.Default)))
                objects[name] = "default (never stored)";
        }

        return objects.ToJsonString();
    }

    private static string WithPrefix(string plan) => plan.Replace("\"NetworkListener\"", "\"x:networkLISTENER\"", StringComparison.Ordinal).Replace("\"Http\"", "\"X:HTTP\"", StringComparison.Ordinal);

    // Fields of an update as paths, where a whole plain value is.
    private static string WithPaths(string plan) => string.Join('\n', plan.Split('\n').Select(line =>
    {
        try
        {
            using var parsed = JsonDocument.Parse(line);
            if (parsed.RootElement.GetProperty("@type").GetString() != "update")
                return line;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return line;
        }

        return line.Replace("\"allowedEndpoints\": {\"else\": \"404\"}", "\"allowedEndpoints/else\": \"404\"", StringComparison.Ordinal);
    }));
}
