using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using StalwartHardening.Configuration;

namespace StalwartHardening.Tests;

/// <summary>
/// The programs that the reader is tested with, each before and after each action: both build, both run, and what they write differs as the
/// remedy says. A tenth of them runs with every change; <c>STALWART_HARDENING_PROGRAMS=all</c> runs them all.
/// </summary>
public partial class WrittenCaseFixTests
{
    private const string Usings = "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; global using System.Threading; global using System.Threading.Tasks; "
        + "global using System.Net; global using System.Text; global using System.Globalization; global using System.Collections.Immutable; global using System.Collections.Frozen; global using Microsoft.Extensions.Configuration; global using Microsoft.Extensions.DependencyInjection; global using Microsoft.Extensions.Hosting; global using Microsoft.Extensions.Logging; global using Microsoft.Extensions.Options; global using StalwartHardening.Configuration;";

    [Fact]
    public async Task No_action_breaks_a_program()
    {
        Assert.SkipWhen(SourcePrograms.AspNetCore.Count == 0, "ASP.NET is not installed.");
        var extensions = typeof(ConfigurationListenerExtensions).Assembly.Location;
        var library = await File.ReadAllBytesAsync(extensions, TestContext.Current.CancellationToken);
        MetadataReference[] references = [MetadataReference.CreateFromFile(extensions), .. SourcePrograms.AspNetCore.Select(static path => MetadataReference.CreateFromFile(path))];
        var only = Environment.GetEnvironmentVariable("STALWART_HARDENING_CASE");
        var areAll = Environment.GetEnvironmentVariable("STALWART_HARDENING_PROGRAMS") == "all";
        var cases = Directory.GetFiles(Repository.PathOf("tests", "StalwartHardening.Configuration.Tests", "Programs"), "*.txt").Order(StringComparer.Ordinal)
            .SelectMany(static file => Case().Matches(File.ReadAllText(file).ReplaceLineEndings("\n")))
            .Where((match, index) => only is not null ? match.Groups[1].Value.StartsWith(only, StringComparison.Ordinal) : areAll || index % 10 == 0).ToList();
        Assert.NotEmpty(cases);
        var broken = new ConcurrentBag<string>();
        var actions = 0;
        await Parallel.ForEachAsync(cases, TestContext.Current.CancellationToken, async (match, _) =>
        {
            var name = match.Groups[1].Value;
            using var workspace = new SourcePrograms();
            var project = workspace.AddProject(references, [.. FileMark().Split(match.Groups[2].Value).Select(file => $"namespace {name}\n{{\n{file}}}\n"), Usings]);
            var experiment = new FixExperiment(name, project, workspace.Solution, name + ".Case.Run", [library]);
            await experiment.ApplyEachAsync();
            await experiment.ApplyAllAsync();
            Interlocked.Add(ref actions, experiment.Actions);
            experiment.Broken.ForEach(broken.Add);
        });
        TestContext.Current.TestOutputHelper!.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{cases.Count} programs, {actions} actions, {broken.Count} broken"));
        Assert.True(broken.IsEmpty, $"{broken.Count} of {actions} actions:\n" + string.Join("\n\n", broken.Order(StringComparer.Ordinal)));
    }

    [GeneratedRegex(@"^//// (\S+)[^\n]*\n((?:(?!////)[^\n]*\n?)*)", RegexOptions.Multiline)]
    private static partial Regex Case();

    [GeneratedRegex(@"^//---[^\n]*\n", RegexOptions.Multiline)]
    private static partial Regex FileMark();
}
