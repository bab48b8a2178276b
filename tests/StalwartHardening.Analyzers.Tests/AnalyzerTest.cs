using System.Collections.Immutable;
using System.Text;
using Basic.Reference.Assemblies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;
using Microsoft.CodeAnalysis.Text;
using StalwartHardening.Analyzers.AdditionalFiles;

namespace StalwartHardening.Tests;

/// <summary>A project with configuration files, judged by the analyzer in the official test harness. Expected findings are markup in the files: <c>{|SWH1001:"[::]:143"|}</c>.</summary>
internal sealed class AnalyzerTest : CSharpAnalyzerTest<ConfigurationFileAnalyzer, DefaultVerifier>
{
    public AnalyzerTest()
    {
        TestCode = "class C { }";
        ReferenceAssemblies = new ReferenceAssemblies("net10.0");
        TestState.AdditionalReferences.AddRange(Net100.References.All);
        // Which rules fire is tested with the rules; here it is enough to see where and how loud.
        TestBehaviors |= TestBehaviors.SkipSuppressionCheck;
    }

    /// <summary>A file called config.toml with <paramref name="text"/> reports what its markup says, and nothing else.</summary>
    public static Task Judge(string text, string globalConfig = "", string editorConfig = "", string path = "/0/config.toml")
    {
        var test = new AnalyzerTest();
        test.TestState.AdditionalFiles.Add((path, SourceText.From(text, Encoding.UTF8.WithoutMark())));
        test.AddConfig(globalConfig, editorConfig);
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    public void AddConfig(string globalConfig = "", string editorConfig = "")
    {
        if (globalConfig.Length > 0)
            TestState.AnalyzerConfigFiles.Add(("/.globalconfig", "is_global = true\n" + globalConfig));
        if (editorConfig.Length > 0)
            TestState.AnalyzerConfigFiles.Add(("/0/.editorconfig", "root = true\n" + editorConfig));
    }
}

internal static class Encodings
{
    public static Encoding WithoutMark(this Encoding encoding) =>
        encoding is UTF8Encoding ? new UTF8Encoding(encoderShouldEmitUTF8Identifier: false) : encoding;
}
