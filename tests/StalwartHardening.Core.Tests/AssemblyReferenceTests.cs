using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using StalwartHardening.Rules;

namespace StalwartHardening.Tests;

/// <summary>Core loads into every compiler because it asks for nothing a compiler lacks.</summary>
public class AssemblyReferenceTests
{
    [Fact]
    public void Core_references_only_what_every_host_has()
    {
        using var image = new PEReader(File.OpenRead(typeof(Rule).Assembly.Location));
        var metadata = image.GetMetadataReader();
        var references = metadata.AssemblyReferences.Select(handle => metadata.GetAssemblyReference(handle)).ToDictionary(reference => metadata.GetString(reference.Name), reference => reference.Version);
        Assert.Subset(new HashSet<string> { "netstandard", "System.Memory", "System.Runtime.CompilerServices.Unsafe", "Tomlyn" }, references.Keys.ToHashSet());
        Assert.Equal(new Version(4, 0, 1, 2), references["System.Memory"]);
    }

    /// <summary>Core is no package of its own: what would be public in it would be an interface that nobody keeps.</summary>
    [Fact]
    public void Core_shows_nothing_to_others() => Assert.Empty(typeof(Rule).Assembly.GetExportedTypes());
}
