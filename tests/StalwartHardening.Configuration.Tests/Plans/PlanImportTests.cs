using System.Reflection;
using System.Runtime.Loader;
using System.Text.Json.Nodes;
using Microsoft.CodeAnalysis;
using StalwartHardening.Analyzers.Builders;
using StalwartHardening.Configuration;
using StalwartHardening.Generations;
using StalwartHardening.Plans;
using StalwartHardening.Programs;
using ConfigurationJudge = StalwartHardening.Rules.ConfigurationJudge;
using StalwartHardening.Server;
using StalwartHardening.Settings;
using ServerState = StalwartHardening.Server.ServerState;

namespace StalwartHardening.Tests.Plans;

/// <summary>A program that was made of a plan compiles, runs, and writes a plan that leaves the same server; the analyzer sees the same in it.</summary>
public sealed class PlanImportTests
{
    private const string End = "plan.WritePlan(args.Length > 0 ? args[0] : \"plan.ndjson\");\n";

    // A hash, so that whatever takes one takes it.
    private const string AnySecret = "$6$rounds=5000$salt$hash";

    [Fact]
    public void Every_plan_of_the_corpus_that_a_server_takes_becomes_a_program()
    {
        var plans = CorpusPlans();
        Assert.True(plans.Count >= 16, $"{plans.Count}");
        AssertSame(plans);
    }

    [Fact]
    public void Every_kind_of_plan_becomes_a_program_without_its_secrets()
    {
        var plans = Directory.GetFiles(Repository.PathOf("tests", "Configurations"), "*.ndjson").Order(StringComparer.Ordinal).Select(static file => (Name: Path.GetFileName(file), Server: Read(File.ReadAllText(file)))).ToList();
        Assert.True(plans.Count >= 15, $"{plans.Count}");
        Assert.All(plans, static plan => Assert.True(ImportedProgram.FindObstacle(plan.Server) is null, plan.Name + ": " + ImportedProgram.FindObstacle(plan.Server)));
        AssertSame(plans);
        Assert.All(plans, static plan => Assert.DoesNotContain("S3cretPlanted", ImportedProgram.From(plan.Server, plan.Name, static _ => false).Text, StringComparison.Ordinal));
    }

    [Fact]
    public void A_finding_of_a_plan_has_a_line_in_its_program()
    {
        var server = Read(
            """
            {"@type":"update","object":"Http","value":{"enableHsts":true}}
            {"@type":"reconcile","object":"NetworkListener","value":{"x":{"name":"imaps","bind":{"[::]:993":true},"protocol":"imap","tlsImplicit":true},"y":{"name":"imap","bind":{"127.0.0.1:144":true,"[::]:143":true},"protocol":"imap","useTls":true,"tlsImplicit":false}}}
            """ + "\n");
        var program = ImportedProgram.From(server, "plan.ndjson");
        var finding = ConfigurationJudge.Judge(server, new Rules.JudgementOptions(), TestContext.Current.CancellationToken).First(static finding => finding.Rule.Id == "SWH1001");
        Assert.Contains("[::]:143", program.Text.Split('\n')[LineOf(program, finding.Span) - 1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Findings_of_a_plan_are_findings_of_its_program_at_the_same_pieces()
    {
        var compared = 0;

        // What is wrong with the lines of a text is right in what a program writes.
        foreach (var (name, server) in CorpusPlans().Where(static plan => plan.Server.Document.Origin is PlanReading { Kind: PlanTextKind.Plan } reading && reading.Texts[0].Problems.Count == 0))
        {
            var program = ImportedProgram.From(server, name);
            var compilation = BuilderProgram.Compile(program.Text);
            compilation = compilation.WithOptions(compilation.Options.WithOutputKind(OutputKind.ConsoleApplication));
            var typed = (await BuilderProgram.Analyze(compilation)).Select(static diagnostic => (diagnostic.Id, diagnostic.Location.GetLineSpan().StartLinePosition.Line + 1)).ToHashSet();

            // Secrets become variables, and what is about lines that are no operations is about the text.
            var found = ConfigurationJudge.Judge(server, new Rules.JudgementOptions(), TestContext.Current.CancellationToken).Where(finding => !finding.Rule.Id.StartsWith("SWH4", StringComparison.Ordinal) && program.Places.Any(place => place.Source.Start <= finding.Span.Start && finding.Span.Start < place.Source.End)).Select(finding => (finding.Rule.Id, LineOf(program, finding.Span))).ToHashSet();

            // The run of a plan stops at a secret that the server refuses; that of its program may go on.
            var lines = program.Text.Split('\n');
            if (found.Any(finding => finding.Id == "SWH0002" && lines[finding.Item2 - 1].Contains("Variable(", StringComparison.Ordinal)))
                continue;
            Assert.True(found.SetEquals(typed), $"{name}: only in the plan: {string.Join(' ', found.Except(typed))}; only in the program: {string.Join(' ', typed.Except(found))}\n{program.Text}");
            compared += found.Count;
        }

        Assert.True(compared > 50, $"{compared}");
    }

    // The line that says the innermost piece of the source around a place.
    private static int LineOf(ImportedProgram program, SourceSpan span) =>
        program.Places.Where(place => place.Source.Start <= span.Start && span.Start < place.Source.End).OrderBy(static place => place.Source.Length).First().Line;

    private static List<(string Name, ServerConfiguration Server)> CorpusPlans() =>
        Directory.GetFiles(Repository.SharedOrSkip("corpus16")).Where(static file => Path.GetExtension(file) is ".ndjson" or ".json").Order(StringComparer.Ordinal)
            .Select(static file => (Name: Path.GetFileName(file), Server: Read(File.ReadAllText(file))))
            .Where(static plan => plan.Server is { IsPlan: true, Document.Origin: PlanReading } && ImportedProgram.FindObstacle(plan.Server) is null)
            .ToList();

    [Fact]
    public void What_plans_can_say_is_said_in_objects()
    {
        var program = Import(
            """
            # who we are
            {"@type":"upsert","object":"Domain","value":{"dom-a":{"name":"example.org"}}}
            {"@type":"reconcile","object":"NetworkListener","value":{"x":{"name":"imaps","bind":{"[::]:993":true},"protocol":"imap","tlsImplicit":true,"tlsTimeout":90000}}}
            # the people
            {"@type":"upsert","object":"Account","matchOn":["name"],"value":{"u1":{"@type":"User","name":"ops","domainId":"#dom-a","credentials":{"0":{"@type":"Password","secret":"hunter22"}}}}}
            {"@type":"update","object":"Http","value":{"enableHsts":true,"allowedEndpoints":{"match":{},"else":"200"}}}
            {"@type":"update","object":"Domain","id":"#dom-a","value":{"description":"us","dkimManagement/rotateAfter":60000}}
            {"@type":"update","object":"SystemSettings","value":{"services/smtp":{"hostname":"x.example.org"}}}
            {"@type":"destroy","object":"MtaRoute"}
            """);
        Assert.Equal(
            """"
            // Imported from plan.ndjson
            // This program takes these secrets from its environment and writes them into the plan:
            //   ACCOUNT_OPS_CREDENTIALS_SECRET  Account/ops/credentials/secret
            using System;
            using StalwartHardening.Configuration;
            using StalwartHardening.Configuration.Objects;

            var plan = new StalwartPlan();
            // who we are
            var domA = new Domain { Name = "example.org" };
            plan.Upsert(domA);
            plan.Reconcile(new NetworkListener
            {
                Name = "imaps",
                Bind = ["[::]:993"],
                Protocol = NetworkListenerProtocol.Imap,
                TlsImplicit = true,
                TlsTimeout = TimeSpan.FromSeconds(90),
            });
            // the people
            plan.Upsert(new Account.User
            {
                Name = "ops",
                DomainId = domA,
                Credentials = [new Credential.Password { Secret = Secret.InsecurePlainText(Variable("ACCOUNT_OPS_CREDENTIALS_SECRET")) }],
            }).MatchOn(nameof(Account.Name));
            plan.Update(new Http { EnableHsts = true, AllowedEndpoints = "200" });
            plan.Update(domA, new Domain { Description = "us" })
                .Set("dkimManagement/rotateAfter", 60000);
            plan.AddOperation("""{"@type":"update","object":"SystemSettings","value":{"services/smtp":{"hostname":"x.example.org"}}}""");
            plan.DestroyAll<MtaRoute>();

            plan.WritePlan(args.Length > 0 ? args[0] : "plan.ndjson");

            static string Variable(string name) => Environment.GetEnvironmentVariable(name) ?? throw new InvalidOperationException($"The environment variable {name} is not set.");

            """",
            program.Text);
        Assert.Equal([8], program.Verbatim);
    }

    [Theory]
    [InlineData("""{"@type":"upsert","object":"Domain","value":{"d":{"name":"${DOMAIN}"}}}""", "template")]
    [InlineData("""{"@type":"upsert","object":"Domain","value":{"d":{"nam":"example.org"}}}""", "every server refuses it (line 1: ")]
    [InlineData("""{"@type":"RocksDb","path":"/var/lib/stalwart"}""", "config.json")]
    [InlineData("""{"@type":"upsert","object":"Domain","value":{"d":{"name":"example.org"}}}""" + "\n{,}", "line 2 is not an operation")]
    public void A_plan_that_cannot_become_a_program_says_why(string plan, string reason) =>
        Assert.Contains(reason, ImportedProgram.FindObstacle(Read(plan + "\n")) ?? "", StringComparison.Ordinal);

    [Fact]
    public void No_secret_of_a_plan_stands_in_its_program()
    {
        var program = Import(
            """
            # swordfish-comment
            {"@type":"upsert","object":"Account","matchOn":["name"],"value":{"u1":{"@type":"User","name":"ops","credentials":{"1":{"@type":"Password","secret":"swordfish1"}}}}}
            {"@type":"upsert","object":"MtaRoute","value":{"r":{"@type":"Relay","name":"out","address":"mx","authSecret":{"@type":"Value","secret":"swordfish2"}}}}
            {"@type":"upsert","object":"MtaRoute","value":{"r":{"@type":"Relay","name":"two","address":"mx","authSecret":{"secret":"swordfish3","@type":"Value"},"@type":"Relay"}}}
            {"@type":"update","object":"Account","id":"abc","value":{"credentials/0/secret":"swordfish4"}}
            {"@type":"update","object":"OAuthClient","id":"abc","value":{"secret":"swordfish5"}}
            """,
            static _ => false);
        Assert.DoesNotContain("swordfish", program.Text, StringComparison.Ordinal);
    }

    private static ImportedProgram Import(string plan, Func<SourceSpan, bool>? mayShow = null)
    {
        var server = Read(plan + "\n");
        Assert.Null(ImportedProgram.FindObstacle(server));
        return ImportedProgram.From(server, "plan.ndjson", mayShow);
    }

    private static ServerConfiguration Read(string text) => ConfigurationReader.Read(text, new ReadingTarget(PlanGeneration.Instance.Newest), TestContext.Current.CancellationToken);

    // All in one compilation: resolving the references costs more than a program.
    private static void AssertSame(List<(string Name, ServerConfiguration Server)> plans)
    {
        var programs = plans.ConvertAll(static plan => ImportedProgram.From(plan.Server, plan.Name));
        var sources = programs.Select(Wrapped).ToArray();
        foreach (var variable in programs.SelectMany(static program => program.Variables))
            Environment.SetEnvironmentVariable(variable.Name, AnySecret);
        var compilation = BuilderProgram.Compile(sources);
        var context = new AssemblyLoadContext(null, isCollectible: true);
        var assembly = BuilderProgram.Load(compilation, context);
        var all = new List<string>();
        for (var i = 0; i < programs.Count; i++)
        {
            string written;
            try
            {
                written = (string)assembly.GetType($"Program{i}")!.GetMethod("Write")!.Invoke(null, null)!;
            }
            catch (TargetInvocationException exception)
            {
                throw new InvalidOperationException(plans[i].Name + ": " + exception.InnerException!.Message, exception.InnerException);
            }

            var original = (PlanReading)plans[i].Server.Document.Origin!;
            if (original.Kind == PlanTextKind.Plan)
            {
                foreach (var state in (ServerState[])[ServerState.Fresh, ServerState.Existing])
                    Assert.True(State(Lines(original), state) == State(written, state), plans[i].Name + " on " + state + "\n" + State(Lines(original), state) + "\n" + State(written, state));
            }

            Assert.Equal(original.Run.Operations.Count, written.TrimEnd('\n').Split('\n').Length);
            all.Add(written.Replace(AnySecret, "", StringComparison.Ordinal));
        }

        context.Unload();

        // The analyzer sees what the programs write, so that it finds in them what it finds in the files.
        var flattened = BuilderSettingsReader.Read(compilation, BuilderVocabulary.From(compilation)!, TestContext.Current.CancellationToken).Written.Where(static server => server.Plan is not null).Select(static server => WithoutHoles(server.Plan!.Text));
        Assert.Equal(all.Order(StringComparer.Ordinal), flattened.Order(StringComparer.Ordinal));
    }

    private static string Wrapped(ImportedProgram program, int index)
    {
        var usings = program.Text[..program.Text.IndexOf("\nvar plan", StringComparison.Ordinal)];
        var statements = program.Text[usings.Length..].Replace(End, "return plan.ToNdjson();\n", StringComparison.Ordinal);
        return usings + $"\npublic static class Program{index}\n{{\n    public static string Write()\n    {{\n" + statements + "\n    }\n}\n";
    }

    private static string WithoutHoles(string plan) => System.Text.RegularExpressions.Regex.Replace(plan, @"\{\{ unknown\d+ \}\}", "");

    // The operations, one a line and without comments: what the tool would read if it were less strict.
    private static string Lines(PlanReading reading) => string.Concat(reading.Run.Operations.Select(static operation => WithSecrets(JsonNode.Parse(operation.Json.Text.AsSpan(operation.Span.Start, operation.Span.Length).ToString())!).ToJsonString() + "\n"));

    // Those that the program is given.
    private static JsonNode WithSecrets(JsonNode node)
    {
        if (node is not JsonObject fields)
            return node;
        foreach (var (name, value) in fields.ToList())
        {
            if (name == "secret" && value is JsonValue && fields["@type"]?.ToJsonString() is not ("\"Value\"" or "\"Text\""))
                fields[name] = AnySecret;
            else if (value is not null)
                WithSecrets(value);
        }

        return fields;
    }

    private static string State(string plan, ServerState state)
    {
        var run = PlanGeneration.ReadPlan(plan, new ReadingTarget(PlanGeneration.Instance.Newest, state), TestContext.Current.CancellationToken).Run;
        return string.Join('\n', run.Problems.Select(static problem => problem.Message)) + Sorted(JsonNode.Parse(System.Text.RegularExpressions.Regex.Replace(PlanStateWriter.Write(run.State), @"~\d+", "~")), "");
    }

    // The server makes objects in the order of the plan's ids, which each writer chooses; secrets have become variables.
    private static string Sorted(JsonNode? node, string name) => node switch
    {
        JsonArray array => "[" + string.Join(',', array.Select(static item => Sorted(item, "")).Order(StringComparer.Ordinal)) + "]",
        JsonObject fields when fields["@type"]?.ToJsonString() is "\"Value\"" or "\"Text\"" or "\"EnvironmentVariable\"" or "\"File\"" => "a secret",
        JsonObject fields => "{" + string.Join(',', fields.Select(static field => field.Key + ":" + Sorted(field.Value, field.Key)).Order(StringComparer.Ordinal)) + "}",
        _ => name == "secret" ? "a secret" : node?.ToJsonString() ?? "null",
    };
}
