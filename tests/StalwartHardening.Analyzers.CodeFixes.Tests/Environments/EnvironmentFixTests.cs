using Microsoft.CodeAnalysis.CodeFixes;

namespace StalwartHardening.Tests.Environments;

/// <summary>Taking the recovery administrator out of the environment that a program gives to a server.</summary>
public class EnvironmentFixTests
{
    private const string Remove = "review/SWH3001/remove";

    private const string Libraries = """
        using System;
        using System.Collections.Generic;
        using System.Diagnostics;
        class Context { public Dictionary<string, object> EnvironmentVariables { get; } = new(); }
        class Container
        {
            public Container WithImage(string image) => this;
            public Container WithEnvironment(string name, string value) => this;
            public Container WithEnvironment(IReadOnlyDictionary<string, string> environment) => this;
            public Container WithEnvironment(Action<Context> configure) => this;
            public void Start() { }
        }
        class Parameters { public IList<string> Env { get; set; } = new List<string>(); public int Port { get; set; } }
        class EnvVar { public string Name { get; set; } = ""; public string Value { get; set; } = ""; }
        class Pod { public List<EnvVar> Env { get; set; } = new(); }

        """;

    private static string Program(string statements) =>
        Libraries + "class Program\n{\n    const string Key = \"STALWART_RECOVERY_ADMIN\";\n    static void Use(object o) { }\n    static void M(Container stalwart, ProcessStartInfo start, string password)\n    {\n" + statements + "    }\n}\n";

    [Theory]
    [InlineData("        stalwart.WithImage(\"a\").WithEnvironment(\"STALWART_RECOVERY_ADMIN\", password).Start();\n", "        stalwart.WithImage(\"a\").Start();\n")]
    [InlineData("        stalwart\n            .WithImage(\"a\")\n            .WithEnvironment(Key, password)\n            .WithEnvironment(\"A\", \"b\");\n", "        stalwart\n            .WithImage(\"a\")\n            .WithEnvironment(\"A\", \"b\");\n")]
    [InlineData("        stalwart.WithImage(\"a\").WithEnvironment(\"STALWART_RECOVERY_ADMIN\", password);\n", "        stalwart.WithImage(\"a\");\n")]
    [InlineData("        stalwart.WithEnvironment(\"STALWART_RECOVERY_ADMIN\", password);\n        stalwart.Start();\n", "        stalwart.Start();\n")]
    [InlineData("        var c = new Container().WithEnvironment(\"STALWART_RECOVERY_ADMIN\", password);\n        c.Start();\n", "        var c = new Container();\n        c.Start();\n")]
    [InlineData("        stalwart.WithEnvironment(c => c.EnvironmentVariables[\"STALWART_RECOVERY_ADMIN\"] = password).Start();\n", "        stalwart.Start();\n")]
    [InlineData("        stalwart.WithEnvironment(c =>\n        {\n            c.EnvironmentVariables[\"A\"] = \"b\";\n            c.EnvironmentVariables[\"STALWART_RECOVERY_ADMIN\"] = password;\n        }).Start();\n", "        stalwart.WithEnvironment(c =>\n        {\n            c.EnvironmentVariables[\"A\"] = \"b\";\n        }).Start();\n")]
    [InlineData("        stalwart.WithEnvironment(new Dictionary<string, string> { [\"A\"] = \"b\", [\"STALWART_RECOVERY_ADMIN\"] = password }).Start();\n", "        stalwart.WithEnvironment(new Dictionary<string, string> { [\"A\"] = \"b\" }).Start();\n")]
    [InlineData("        stalwart.WithEnvironment(new Dictionary<string, string>\n        {\n            { \"STALWART_RECOVERY_ADMIN\", password },\n            { \"A\", \"b\" },\n        }).Start();\n", "        stalwart.WithEnvironment(new Dictionary<string, string>\n        {\n            { \"A\", \"b\" },\n        }).Start();\n")]
    [InlineData("        stalwart.WithEnvironment(new Dictionary<string, string>\n        {\n            { \"A\", \"b\" },\n            { \"STALWART_RECOVERY_ADMIN\", password },\n        }).Start();\n", "        stalwart.WithEnvironment(new Dictionary<string, string>\n        {\n            { \"A\", \"b\" },\n        }).Start();\n")]
    [InlineData("        stalwart.WithEnvironment(new Dictionary<string, string> { [\"STALWART_RECOVERY_ADMIN\"] = password }).Start();\n", "        stalwart.WithEnvironment(new Dictionary<string, string>()).Start();\n")]
    [InlineData("        start.Environment[\"STALWART_RECOVERY_ADMIN\"] = password;\n        start.Environment[\"A\"] = \"b\";\n", "        start.Environment[\"A\"] = \"b\";\n")]
    [InlineData("        start.Environment.Add(\"STALWART_RECOVERY_ADMIN\", password); Use(start);\n", "        Use(start);\n")]
    [InlineData("        Use(start); start.Environment.Add(new KeyValuePair<string, string>(\"STALWART_RECOVERY_ADMIN\", password));\n", "        Use(start);\n")]
    [InlineData("        var p = new ProcessStartInfo(\"x\") { Environment = { [\"STALWART_RECOVERY_ADMIN\"] = password }, Arguments = \"y\" };\n", "        var p = new ProcessStartInfo(\"x\") { Arguments = \"y\" };\n")]
    [InlineData("        var p = new ProcessStartInfo(\"x\") { Environment = { [\"STALWART_RECOVERY_ADMIN\"] = password } };\n", "        var p = new ProcessStartInfo(\"x\");\n")]
    [InlineData("        Use(new Parameters { Env = [\"A=b\", \"STALWART_RECOVERY_ADMIN=\" + password], Port = 1 });\n", "        Use(new Parameters { Env = [\"A=b\"], Port = 1 });\n")]
    [InlineData("        Use(new Parameters { Env = [$\"STALWART_RECOVERY_ADMIN=admin:{password}\"] });\n", "        Use(new Parameters { Env = [] });\n")]
    [InlineData("        Use(new Pod { Env = new() { new EnvVar { Name = \"STALWART_RECOVERY_ADMIN\", Value = password }, new EnvVar { Name = \"A\", Value = \"b\" } } });\n", "        Use(new Pod { Env = new() { new EnvVar { Name = \"A\", Value = \"b\" } } });\n")]
    [InlineData("        Environment.SetEnvironmentVariable(\"STALWART_RECOVERY_ADMIN\", password); // while recovering\n        Use(start);\n", "        // while recovering\n        Use(start);\n")]
    public async Task Exactly_the_entry_goes(string before, string after)
    {
        using var programs = new SourcePrograms();
        var project = programs.AddProject(Program(before));
        var action = Assert.Single(await programs.ActionsAsync(project, "SWH3001"));
        Assert.Equal(Remove, action.EquivalenceKey);
        Assert.Contains("cuts off", action.Title, StringComparison.Ordinal);
        await programs.ApplyAsync(action);
        Assert.Equal(Program(after), await programs.TextAsync());
        Assert.Empty(await programs.RulesAsync());
    }

    [Theory]
    // Nothing that could stand there would be left, or somebody has written why it is there.
    [InlineData("        if (password != null) start.Environment[\"STALWART_RECOVERY_ADMIN\"] = password;\n")]
    [InlineData("        if (password != null)\n        {\n            start.Environment[\"STALWART_RECOVERY_ADMIN\"] = password;\n        }\n")]
    [InlineData("        start.ArgumentList.Add(\"--env\");\n        start.ArgumentList.Add(\"STALWART_RECOVERY_ADMIN=\" + password);\n")]
    [InlineData("        Use(start.Environment[\"STALWART_RECOVERY_ADMIN\"] = password);\n")]
    [InlineData("        stalwart.WithEnvironment(new Dictionary<string, string> { [\"STALWART_RECOVERY_ADMIN\"] = password, /* and */ [\"A\"] = \"b\" });\n")]
    // The value would be used nowhere any more.
    [InlineData("        const int Unused = 1;\n        start.Environment[\"STALWART_RECOVERY_ADMIN\"] = \"a:\" + Unused;\n        Use(start);\n")]
    public async Task What_is_more_than_the_entry_stays(string statements)
    {
        using var programs = new SourcePrograms();
        var project = programs.AddProject(Program(statements));
        Assert.Empty(await programs.ActionsAsync(project, "SWH3001"));
    }

    [Fact]
    public async Task All_entries_of_a_project_go_at_once()
    {
        using var programs = new SourcePrograms();
        var project = programs.AddProject(Program("        start.Environment[\"STALWART_RECOVERY_ADMIN\"] = password;\n        stalwart.WithEnvironment(\"STALWART_RECOVERY_ADMIN\", password).Start();\n"));
        Assert.True(await programs.FixAllAsync(project, FixAllScope.Project, "SWH3001", Remove));
        Assert.Equal(Program("        stalwart.Start();\n"), await programs.TextAsync());
    }
}
