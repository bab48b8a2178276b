using Microsoft.CodeAnalysis;
using StalwartHardening.Analyzers.Environments;

namespace StalwartHardening.Tests;

/// <summary>Programs that give a server its environment, and with it the recovery administrator.</summary>
public class EnvironmentTests
{
    private const string Libraries = """
        using System;
        using System.Collections.Generic;
        using System.Collections.ObjectModel;
        using System.Diagnostics;
        using System.Linq;

        namespace Aspire.Hosting
        {
            public class EnvironmentCallbackContext { public Dictionary<string, object> EnvironmentVariables { get; } = new(); }
            public class ContainerResource { }
            public class ParameterResource { }
            public interface IResourceBuilder<T> { }
            public static class ResourceBuilderExtensions
            {
                public static IResourceBuilder<T> WithEnvironment<T>(this IResourceBuilder<T> builder, string name, string? value) => builder;
                public static IResourceBuilder<T> WithEnvironment<T>(this IResourceBuilder<T> builder, string name, ParameterResource value) => builder;
                public static IResourceBuilder<T> WithEnvironment<T>(this IResourceBuilder<T> builder, Action<EnvironmentCallbackContext> callback) => builder;
                public static IResourceBuilder<T> WithAnnotation<T>(this IResourceBuilder<T> builder, string name, string? value) => builder;
            }
        }

        namespace DotNet.Testcontainers.Builders
        {
            public class ContainerBuilder
            {
                public ContainerBuilder WithImage(string image) => this;
                public ContainerBuilder WithEnvironment(string name, string value) => this;
                public ContainerBuilder WithEnvironment(IReadOnlyDictionary<string, string> environments) => this;
            }
        }

        namespace Docker.DotNet.Models
        {
            public class CreateContainerParameters { public IList<string> Env { get; set; } = new List<string>(); }
        }

        namespace k8s.Models
        {
            public class V1EnvVar { public V1EnvVar() { } public V1EnvVar(string name, string? value = null) { } public string Name { get; set; } = ""; public string? Value { get; set; } }
        }

        """;

    private static async Task<IReadOnlyList<(string Id, string Text, string Message)>> Judge(string statements, string members = "")
    {
        var source = Libraries + $$"""
            namespace App
            {
                using Aspire.Hosting;
                using DotNet.Testcontainers.Builders;
                using Docker.DotNet.Models;
                using k8s.Models;
                class Program
                {
                    const string Key = "STALWART_RECOVERY_ADMIN";
                    static void Describe(IDictionary<string, string> texts) { }
                    {{members}}
                    void M(IResourceBuilder<ContainerResource> stalwart, ParameterResource parameter, ProcessStartInfo start, string password)
                    {
                        {{statements}}
                    }
                }
            }
            """;
        var compilation = Compiler.Create(source, new EnvironmentAnalyzer());
        Assert.Empty(compilation.Compilation.GetDiagnostics(TestContext.Current.CancellationToken).Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        return [.. (await compilation.GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken))
            .OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start)
            .Select(diagnostic => (diagnostic.Id, source.Substring(diagnostic.Location.SourceSpan.Start, diagnostic.Location.SourceSpan.Length), diagnostic.GetMessage(null)))];
    }

    [Theory]
    [InlineData("""stalwart.WithEnvironment("STALWART_RECOVERY_ADMIN", parameter);""")]
    [InlineData("""stalwart.WithEnvironment("STALWART_RECOVERY_ADMIN", $"admin:{password}");""")]
    [InlineData("""ResourceBuilderExtensions.WithEnvironment(stalwart, "STALWART_RECOVERY_ADMIN", password);""")]
    [InlineData("""stalwart.WithEnvironment(context => context.EnvironmentVariables["STALWART_RECOVERY_ADMIN"] = parameter);""")]
    [InlineData("""stalwart.WithEnvironment(context => { context.EnvironmentVariables.Add("STALWART_RECOVERY_ADMIN", password); });""")]
    [InlineData("""new ContainerBuilder().WithImage("stalwart").WithEnvironment("STALWART_RECOVERY_ADMIN", "admin:" + password);""")]
    [InlineData("""new ContainerBuilder().WithEnvironment(new Dictionary<string, string> { ["STALWART_RECOVERY_ADMIN"] = password });""")]
    [InlineData("""var all = new Dictionary<string, string> { { "A", "b" }, { "STALWART_RECOVERY_ADMIN", password } }; new ContainerBuilder().WithEnvironment(all);""")]
    [InlineData("""var all = new Dictionary<string, string>(); all["STALWART_RECOVERY_ADMIN"] = password; new ContainerBuilder().WithEnvironment(all);""")]
    [InlineData("""var all = new Dictionary<string, string>(); all.Add("STALWART_RECOVERY_ADMIN", password); new ContainerBuilder().WithEnvironment(new ReadOnlyDictionary<string, string>(all));""")]
    [InlineData("""start.Environment["STALWART_RECOVERY_ADMIN"] = password;""")]
    [InlineData("""start.EnvironmentVariables["STALWART_RECOVERY_ADMIN"] = password;""")]
    [InlineData("""start.Environment.Add("STALWART_RECOVERY_ADMIN", password);""")]
    [InlineData("""start.Environment.Add(new KeyValuePair<string, string?>("STALWART_RECOVERY_ADMIN", password));""")]
    [InlineData("""var environment = start.Environment; environment["STALWART_RECOVERY_ADMIN"] = password;""")]
    [InlineData("""var variables = start.Environment; variables["STALWART_RECOVERY_ADMIN"] = password;""")]
    [InlineData("""var p = new ProcessStartInfo("x") { Environment = { ["STALWART_RECOVERY_ADMIN"] = password } };""")]
    [InlineData("""var p = new ProcessStartInfo("x") { Environment = { { "STALWART_RECOVERY_ADMIN", password } } };""")]
    [InlineData("""foreach (var (name, value) in new Dictionary<string, string> { ["STALWART_RECOVERY_ADMIN"] = password }) start.Environment[name] = value;""")]
    [InlineData("""foreach (var pair in new[] { KeyValuePair.Create("STALWART_RECOVERY_ADMIN", password) }) start.Environment[pair.Key] = pair.Value;""")]
    [InlineData("""Environment.SetEnvironmentVariable("STALWART_RECOVERY_ADMIN", password);""")]
    [InlineData("""var e = new V1EnvVar("STALWART_RECOVERY_ADMIN", password);""")]
    [InlineData("""var e = new V1EnvVar { Name = "STALWART_RECOVERY_ADMIN", Value = password };""")]
    public async Task A_program_that_sets_the_variable_triggers_where_it_names_it(string statement)
    {
        var finding = Assert.Single(await Judge(statement));
        Assert.Equal(("SWH3001", "\"STALWART_RECOVERY_ADMIN\""), (finding.Id, finding.Text));
    }

    [Theory]
    [InlineData("stalwart.WithEnvironment(Key, password);", "Key")]
    [InlineData("stalwart.WithEnvironment(Program.Key, password);", "Program.Key")]
    [InlineData("start.Environment[Key] = password;", "Key")]
    [InlineData("const string Part = \"STALWART_\"; start.Environment[Part + \"RECOVERY_ADMIN\"] = password;", "Part + \"RECOVERY_ADMIN\"")]
    [InlineData("var c = new CreateContainerParameters { Env = new List<string> { \"A=b\", \"STALWART_RECOVERY_ADMIN=\" + password } };", "\"STALWART_RECOVERY_ADMIN=\" + password")]
    [InlineData("start.ArgumentList.Add(\"--env\"); start.ArgumentList.Add(\"STALWART_RECOVERY_ADMIN=\" + password);", "\"STALWART_RECOVERY_ADMIN=\" + password")]
    [InlineData("var c = new CreateContainerParameters { Env = [$\"STALWART_RECOVERY_ADMIN=admin:{password}\"] };", "$\"STALWART_RECOVERY_ADMIN=admin:{password}\"")]
    public async Task A_name_is_known_by_its_value(string statement, string expected)
    {
        var finding = Assert.Single(await Judge(statement));
        Assert.Equal(("SWH3001", expected), (finding.Id, finding.Text));
    }

    [Fact]
    public async Task A_constant_of_a_field_that_is_handed_over_triggers() =>
        Assert.Equal("SWH3001", Assert.Single(await Judge(
            "new ContainerBuilder().WithEnvironment(s_environment);",
            "static readonly Dictionary<string, string> s_environment = new() { [Key] = Environment.GetEnvironmentVariable(\"X\") ?? \"\" };")).Id);

    [Theory]
    [InlineData("""stalwart.WithEnvironment("STALWART_RECOVERY_ADMIN", "admin:Tr0ub4dor&3-horse");""", "SWH4001", "\"admin:Tr0ub4dor&3-horse\"")]
    [InlineData("""stalwart.WithEnvironment("STALWART_RECOVERY_ADMIN", "admin:changeme");""", "SWH4003", "\"admin:changeme\"")]
    [InlineData("""const string Secret = "Tr0ub4dor&3-horse"; start.Environment["STALWART_RECOVERY_ADMIN"] = $"admin:{Secret}";""", "SWH4001", "$\"admin:{Secret}\"")]
    public async Task A_password_in_the_program_is_worse(string statement, string rule, string place)
    {
        var findings = await Judge(statement);
        Assert.Equal(["SWH3001", rule], findings.Select(finding => finding.Id));
        Assert.Contains("the program holds it", findings[0].Message, StringComparison.Ordinal);
        Assert.Contains("'admin'", findings[0].Message, StringComparison.Ordinal);
        Assert.Equal(place, findings[1].Text);
        Assert.All(findings, finding => Assert.DoesNotContain("Tr0ub4dor", finding.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_hash_of_the_password_is_no_password() =>
        Assert.Equal(["SWH3001"], (await Judge("""stalwart.WithEnvironment("STALWART_RECOVERY_ADMIN", "admin:$6$abcdefgh$0123456789012345678901234567890123456789");""")).Select(finding => finding.Id));

    [Theory]
    // Read, removed, emptied.
    [InlineData("""var x = Environment.GetEnvironmentVariable("STALWART_RECOVERY_ADMIN");""")]
    [InlineData("""var x = Environment.GetEnvironmentVariable("STALWART_RECOVERY_ADMIN", EnvironmentVariableTarget.Process);""")]
    [InlineData("""var x = start.Environment["STALWART_RECOVERY_ADMIN"];""")]
    [InlineData("""start.Environment.Remove("STALWART_RECOVERY_ADMIN");""")]
    [InlineData("""if (start.Environment.ContainsKey("STALWART_RECOVERY_ADMIN") || start.Environment.TryGetValue("STALWART_RECOVERY_ADMIN", out _)) return;""")]
    [InlineData("""Environment.SetEnvironmentVariable("STALWART_RECOVERY_ADMIN", null);""")]
    [InlineData("""start.Environment["STALWART_RECOVERY_ADMIN"] = "";""")]
    [InlineData("""stalwart.WithEnvironment("STALWART_RECOVERY_ADMIN", (string?)null);""")]
    // Other variables, and the name as a value.
    [InlineData("""stalwart.WithEnvironment("STALWART_RECOVERY_MODE", "0");""")]
    [InlineData("""stalwart.WithEnvironment("NAME", "STALWART_RECOVERY_ADMIN");""")]
    [InlineData("""start.Environment["FORBIDDEN"] = "STALWART_RECOVERY_ADMIN";""")]
    // What is no environment.
    [InlineData("""stalwart.WithAnnotation("STALWART_RECOVERY_ADMIN", "set");""")]
    [InlineData("""Describe(new Dictionary<string, string> { ["STALWART_RECOVERY_ADMIN"] = "the recovery administrator" });""")]
    [InlineData("""var texts = new Dictionary<string, string> { ["STALWART_RECOVERY_ADMIN"] = "x:y" }; Describe(texts); stalwart.WithEnvironment("A", "b");""")]
    [InlineData("""void LogEnvironment(string name, string value) { } LogEnvironment("STALWART_RECOVERY_ADMIN", "set");""")]
    [InlineData("""start.ArgumentList.Add("STALWART_RECOVERY_ADMIN");""")]
    [InlineData("""Console.WriteLine("STALWART_RECOVERY_ADMIN", password);""")]
    [InlineData("""var forbidden = new[] { "STALWART_RECOVERY_ADMIN", "STALWART_RECOVERY_MODE" };""")]
    public async Task A_program_that_does_not_set_it_does_not_trigger(string statement) => Assert.Empty(await Judge(statement));

    [Theory]
    [InlineData("0.15", false)]
    [InlineData("0.12.3", false)]
    [InlineData("0.16", true)]
    [InlineData("0.16.4", true)]
    [InlineData("", true)]
    public async Task A_server_before_0_16_does_not_read_it(string version, bool triggers)
    {
        var compilation = Compiler.CreateWith("using System; class C { void M(string password) { Environment.SetEnvironmentVariable(\"STALWART_RECOVERY_ADMIN\", password); } }", new EnvironmentAnalyzer(), ("stalwart_hardening.target_version", version));
        Assert.Equal(triggers ? ["SWH3001"] : Array.Empty<string>(), (await compilation.GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken)).Select(static diagnostic => diagnostic.Id));
    }

    [Fact]
    public async Task A_program_that_does_not_name_it_costs_one_look_at_its_text()
    {
        var compilation = Compiler.Create("class C { void M() { System.Environment.SetEnvironmentVariable(\"A\", \"b\"); } }", new EnvironmentAnalyzer());
        var telemetry = await compilation.GetAnalyzerTelemetryInfoAsync(compilation.Analyzers[0], TestContext.Current.CancellationToken);
        Assert.Equal((1, 0), (telemetry.CompilationStartActionsCount, telemetry.SyntaxNodeActionsCount));
    }

    [Fact]
    public Task Half_typed_programs_do_not_throw()
    {
        const string Source = "using System.Diagnostics; class C { void M(ProcessStartInfo s) { s.Environment[\"STALWART_RECOVERY_ADMIN\"] = $\"a:{1}\"; var d = new System.Collections.Generic.Dictionary<string, string> { [\"STALWART_RECOVERY_ADMIN\"] = \"a:b\" }; foreach (var (k, v) in d) s.Environment[k] = v; M(d: x => x.Env = [\"STALWART_RECOVERY_ADMIN=a:b\"]); } }";
        return Task.WhenAll(Enumerable.Range(0, Source.Length).Select(async length =>
        {
            var diagnostics = await Compiler.Create(Source[..length] + " // STALWART_RECOVERY_ADMIN", new EnvironmentAnalyzer()).GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
            Assert.DoesNotContain(diagnostics, diagnostic => diagnostic.Id == "AD0001");
        }));
    }
}
