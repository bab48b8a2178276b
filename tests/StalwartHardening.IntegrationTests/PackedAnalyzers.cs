using StalwartHardening.Tests;

[assembly: AssemblyFixture(typeof(PackedAnalyzers))]

// Every test is a build that takes all cores by itself.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

namespace StalwartHardening.Tests;

/// <summary>The package, packed for this run under a version of its own into a feed of its own, and a place for projects that use it.</summary>
public sealed class PackedAnalyzers : IAsyncLifetime
{
    /// <summary>Where everything of this run lies; outside the repository, so that nothing of it leaks into the projects.</summary>
    public string Root { get; } = Path.Combine(Path.GetTempPath(), "stalwart-hardening-" + Guid.NewGuid().ToString("N")[..8]);

    /// <summary>The version of the package; not a preview, because users who name no version get none.</summary>
    public string Version { get; } = DateTime.UtcNow.ToString("'0.'yyyyMMdd'.1'HHmmss", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The package.</summary>
    public string PackageFile => Path.Combine(Root, "feed", $"StalwartHardening.Analyzers.{Version}.nupkg");

    /// <summary>The package, unpacked.</summary>
    public string Unpacked => Path.Combine(Root, "unpacked");

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(Path.Combine(Root, "feed"));
        var pack = await Dotnet.Run(
            Repository.Root,
            "pack", Path.Combine("src", "StalwartHardening.Analyzers.Package"), "-c", "Release", "-o", Path.Combine(Root, "feed"), $"-p:PackageVersion={Version}");
        pack.Succeeded();
        System.IO.Compression.ZipFile.ExtractToDirectory(PackageFile, Unpacked);

        // A packages folder of its own, so that nothing stale is used and nothing is left; what the machine has is read from its own.
        var machine = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        await File.WriteAllTextAsync(Path.Combine(Root, "nuget.config"), $"""
            <configuration>
              <config>
                <add key="globalPackagesFolder" value="{Path.Combine(Root, "packages")}" />
              </config>
              <fallbackPackageFolders>
                <add key="machine" value="{machine}" />
              </fallbackPackageFolders>
              <packageSources>
                <add key="packed" value="{Path.Combine(Root, "feed")}" />
              </packageSources>
            </configuration>
            """);
    }

    /// <summary>Puts the library of typed builders beside the package.</summary>
    internal async Task PackConfiguration()
    {
        if (Directory.GetFiles(Path.Combine(Root, "feed"), "StalwartHardening.Configuration.*").Length > 0)
            return;
        var pack = await Dotnet.Run(
            Repository.Root,
            "pack", Path.Combine("src", "StalwartHardening.Configuration"), "-c", "Release", "-o", Path.Combine(Root, "feed"), $"-p:PackageVersion={Version}");
        pack.Succeeded();
    }

    /// <summary>A copy of a sample, outside the repository.</summary>
    internal string CopySample(string name, string copyName)
    {
        var copy = Path.Combine(Root, copyName);
        Directory.CreateDirectory(copy);
        foreach (var file in Directory.GetFiles(Repository.PathOf("samples")))
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)), overwrite: true);
        Directory.CreateDirectory(Path.Combine(copy, name));
        foreach (var file in Directory.GetFiles(Repository.PathOf("samples", name)))
            File.Copy(file, Path.Combine(copy, name, Path.GetFileName(file)));
        return Path.Combine(copy, name);
    }

    /// <summary>Builds a copied sample against the package.</summary>
    internal async Task<(CommandResult Command, IReadOnlyList<Finding> Findings)> BuildSample(string folder, params string[] arguments)
    {
        var log = Path.Combine(folder, "build.sarif");
        var command = await Dotnet.Run(
            folder, ["build", $"-p:UsePackedAnalyzers={Version}", $"-p:ErrorLog={log}%2Cversion=2.1", .. arguments]);
        Assert.True(File.Exists(log), command.Output);
        return (command, Finding.ReadLog(log));
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        try
        {
            Directory.Delete(Root, recursive: true);
        }
        catch (IOException)
        {
            // A compiler server may still hold a file; the folder is temporary anyway.
        }

        return ValueTask.CompletedTask;
    }
}
