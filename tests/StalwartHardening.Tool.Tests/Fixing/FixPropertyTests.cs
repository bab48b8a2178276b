using System.Text;
using StalwartHardening.Fixing;
using StalwartHardening.Remedies;
using StalwartHardening.Rules;
using StalwartHardening.Tests.Remedies;

namespace StalwartHardening.Tests.Fixing;

/// <summary>
/// What <c>fix</c> writes is what the remedies say, a second run writes nothing, and the printed difference makes the same file.
/// </summary>
public sealed class FixPropertyTests : IDisposable
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Random_configurations(bool isAll)
    {
        var texts = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        for (var seed = 0; seed < 400; seed++)
            texts.Add($"s{seed:000}.toml", Utf8.GetBytes(Dressed(RandomConfiguration.Create(500_000 + seed, isTidy: seed % 4 == 0), seed)));
        Check(texts, isAll, fewestChanged: isAll ? 200 : 20);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Real_files(bool isAll)
    {
        var texts = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var file in Directory.GetFiles(Repository.SharedOrSkip("corpus"), "*.toml"))
            texts.Add(Path.GetFileName(file), File.ReadAllBytes(file));
        Assert.Equal(121, texts.Count);
        Check(texts, isAll, fewestChanged: isAll ? 60 : 5);
    }

    // Other line endings, a byte-order mark, no line break at the end.
    private static string Dressed(string text, int seed)
    {
        if (seed % 3 == 1)
            text = text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace("\n", "\r\n", StringComparison.Ordinal);
        if (seed % 5 == 2)
            text = text.TrimEnd('\r', '\n');
        return seed % 7 == 3 ? "\uFEFF" + text : text;
    }

    private void Check(IReadOnlyDictionary<string, byte[]> texts, bool isAll, int fewestChanged)
    {
        string[] options = isAll ? ["*.toml", "--allow-lockout", "--all", "--min-severity", "info"] : ["*.toml", "--allow-lockout", "--min-severity", "info"];
        foreach (var (name, bytes) in texts)
        {
            foreach (var folder in (string[])["written", "patched", "applied"])
            {
                Directory.CreateDirectory(Path.Combine(_folder.Root, folder));
                File.WriteAllBytes(Path.Combine(_folder.Root, folder, name), bytes);
            }
        }

        var written = Path.Combine(_folder.Root, "written");
        Assert.InRange(ToolProcess.Run(written, ["fix", "--write", .. options]).Expect(1).ExitCode, 0, 1);
        var changed = 0;
        foreach (var (name, bytes) in texts)
        {
            var expected = Expected(bytes, isAll);
            changed += expected.AsSpan().SequenceEqual(bytes) ? 0 : 1;
            Assert.True(expected.AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(written, name))), $"{name} is not what the remedies say.");
        }

        Assert.True(changed >= fewestChanged, $"Only {changed} files were changed.");
        var times = texts.Keys.ToDictionary(name => name, name => File.GetLastWriteTimeUtc(Path.Combine(written, name)));
        Assert.Contains("Fixed nothing", ToolProcess.Run(written, ["fix", "--write", .. options]).Expect(1).Output, StringComparison.Ordinal);
        Assert.All(times, time => Assert.Equal(time.Value, File.GetLastWriteTimeUtc(Path.Combine(written, time.Key))));
        Assert.Equal(texts.Count, Directory.GetFiles(written).Length);

        Apply("patched", "patch -p0 --no-backup-if-mismatch -i ../diff", options);
        Apply("applied", "git apply -p0 --whitespace=nowarn ../diff", options);
        foreach (var name in texts.Keys)
        {
            var text = File.ReadAllBytes(Path.Combine(written, name));
            Assert.True(text.AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(_folder.Root, "patched", name))), $"patch makes another {name}.");
            Assert.True(text.AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(_folder.Root, "applied", name))), $"git makes another {name}.");
        }
    }

    private void Apply(string folder, string program, string[] options)
    {
        var name = program.Split(' ')[0];
        Assert.SkipUnless(ToolProcess.Shell("/", $"command -v {name}").ExitCode == 0, $"Needs {name}.");
        // A repository of its own keeps git from looking for one further up.
        var result = ToolProcess.Shell(Path.Combine(_folder.Root, folder), $"$TOOL fix --show-secrets {string.Join(' ', options)} 2>/dev/null > ../diff; [ $? = 1 ] && rm -rf ../.git && GIT_CEILING_DIRECTORIES=/ {program}");
        Assert.True(result.ExitCode == 0, result.Output + result.Error);
    }

    private static byte[] Expected(byte[] bytes, bool isAll)
    {
        try
        {
            return Utf8.GetBytes(RemedyApplication.FixAll(Utf8.GetString(bytes), JudgementOptions.Default, RemedyChoices.First(isAll ? null : RemedySafety.Safe)));
        }
        catch (DecoderFallbackException)
        {
            return bytes;
        }
    }
}
