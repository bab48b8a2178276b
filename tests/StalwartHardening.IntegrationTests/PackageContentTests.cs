using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;

namespace StalwartHardening.Tests;

/// <summary>What is in the package, to the file, and what its dlls need.</summary>
public class PackageContentTests(PackedAnalyzers packed)
{
    [Fact]
    public void The_package_holds_exactly_these_files()
    {
        using var package = ZipFile.OpenRead(packed.PackageFile);
        var entries = package.Entries
            .Select(entry => entry.FullName)
            .Where(name => !name.StartsWith("_rels/", StringComparison.Ordinal) && !name.StartsWith("package/", StringComparison.Ordinal) && name != "[Content_Types].xml")
            .Order(StringComparer.Ordinal);
        Assert.Equal(
            [
                "README.md",
                "StalwartHardening.Analyzers.nuspec",
                "THIRD-PARTY-NOTICES.md",
                "analyzers/dotnet/cs/StalwartHardening.Analyzers.CodeFixes.dll",
                "analyzers/dotnet/cs/StalwartHardening.Analyzers.dll",
                "analyzers/dotnet/cs/StalwartHardening.Core.dll",
                "analyzers/dotnet/cs/Tomlyn.dll",
                "build/StalwartHardening.Analyzers.props",
                "build/StalwartHardening.Analyzers.targets",
                "build/StalwartHardening.Judge.targets",
                "build/config/stalwart-hardening.build.globalconfig",
                "build/config/stalwart-hardening.default.globalconfig",
                "build/config/stalwart-hardening.none.globalconfig",
                "build/config/stalwart-hardening.recommended.globalconfig",
                "build/config/stalwart-hardening.strict.globalconfig",
                "buildTransitive/StalwartHardening.Analyzers.props",
                "buildTransitive/StalwartHardening.Analyzers.targets",
            ],
            entries);
    }

    [Fact]
    public void The_package_is_a_development_dependency_that_depends_on_nothing()
    {
        var metadata = XDocument.Load(Path.Combine(packed.Unpacked, "StalwartHardening.Analyzers.nuspec")).Root!.Elements().Single();
        string? Value(string name) => metadata.Elements().SingleOrDefault(element => element.Name.LocalName == name)?.Value;
        Assert.Equal("StalwartHardening.Analyzers", Value("id"));
        Assert.Equal("true", Value("developmentDependency"));
        Assert.Equal("README.md", Value("readme"));
        Assert.Equal("MIT", Value("license"));
        Assert.DoesNotContain(metadata.Descendants(), element => element.Name.LocalName == "dependency");
    }

    [Theory]
    [InlineData("StalwartHardening.Analyzers.CodeFixes.dll")]
    [InlineData("StalwartHardening.Analyzers.dll")]
    [InlineData("StalwartHardening.Core.dll")]
    public void Our_dlls_reference_only_what_the_oldest_compiler_carries(string name)
    {
        // Newer versions than these do not load into Roslyn 4.8.
        var allowed = new Dictionary<string, Version>
        {
            ["netstandard"] = new(2, 0, 0, 0),
            ["Microsoft.CodeAnalysis"] = new(4, 8, 0, 0),
            ["Microsoft.CodeAnalysis.CSharp"] = new(4, 8, 0, 0),
            // Editors and dotnet format carry these; the compiler never loads the code fixes.
            ["Microsoft.CodeAnalysis.Workspaces"] = new(4, 8, 0, 0),
            ["StalwartHardening.Analyzers"] = new(0, 1, 0, 0),
            ["System.Collections.Immutable"] = new(7, 0, 0, 0),
            ["System.Reflection.Metadata"] = new(7, 0, 0, 0),
            ["System.Memory"] = new(4, 0, 1, 2),
            ["System.Runtime.CompilerServices.Unsafe"] = new(6, 0, 0, 0),
            ["StalwartHardening.Core"] = new(0, 1, 0, 0),
            ["Tomlyn"] = new(99, 0),
        };
        using var stream = File.OpenRead(Path.Combine(packed.Unpacked, "analyzers", "dotnet", "cs", name));
        using var image = new PEReader(stream);
        var reader = image.GetMetadataReader();
        Assert.NotEmpty(reader.AssemblyReferences);
        foreach (var handle in reader.AssemblyReferences)
        {
            var reference = reader.GetAssemblyReference(handle);
            var referenced = reader.GetString(reference.Name);
            Assert.True(allowed.TryGetValue(referenced, out var newest), $"{name} references {referenced} {reference.Version}");
            Assert.True(reference.Version <= newest, $"{name} references {referenced} {reference.Version}, newer than {newest}");
        }
    }
}
