using StalwartHardening.Generations;
using StalwartHardening.Settings;

namespace StalwartHardening.Tests.Generations;

/// <summary>The table of settings is well-formed, and looking things up in it finds what it holds.</summary>
public class SettingNamesTests
{
    private static readonly SettingNames Names = SettingNames.Known;

    private static string Example(string pattern) => pattern.Replace("*", "some", StringComparison.Ordinal);

    [Fact]
    public void Every_row_is_found_under_its_own_name() => Assert.All(Names.All, row => Assert.Same(row, Names.Find(Example(row.Pattern)).Name));

    [Fact]
    public void A_name_may_hold_dots()
    {
        Assert.Equal("server.listener.*.tls.implicit", Names.Find("server.listener.mail.example.org.tls.implicit").Name?.Pattern);
        Assert.Equal("directory.*.principals.*.secret", Names.Find("directory.a.b.principals.c.d.secret.0001").Name?.Pattern);
    }

    [Fact]
    public void What_replaces_a_row_is_a_row()
    {
        foreach (var row in Names.All.Where(row => row.Note.StartsWith('→')))
            Assert.Contains(Names.All, other => other.Pattern == row.Note[2..]);
    }

    [Fact]
    public void What_is_not_read_says_what_to_do() =>
        Assert.All(Names.All.Where(row => row.Shape >= SettingShape.Dead), row => Assert.EndsWith(".", row.Note, StringComparison.Ordinal));

    [Fact]
    public void The_table_is_sorted_by_name()
    {
        var patterns = File.ReadLines(Repository.PathOf("src", "StalwartHardening.Core", "Generations", "settings.tsv")).Skip(1).Select(line => line.Split('\t')).ToList();
        Assert.All(patterns, columns => Assert.Equal(6, columns.Length));
        Assert.Equal(patterns.Select(columns => columns[0]).Distinct().Count(), patterns.Count);
        Assert.Equal(patterns.Select(columns => string.Join('\t', columns)).Order(StringComparer.Ordinal), patterns.Select(columns => string.Join('\t', columns)));
    }

    [Theory]
    [InlineData("queue.strategy.nobody-knows")]
    [InlineData("store.pg.anything.at.all")]
    [InlineData("enterprise.x")]
    public void Nothing_is_said_about_open_families(string key) => Assert.False(Names.Find(key).IsUnknown);

    [Theory]
    [InlineData("server.listeners.0000.bind")]
    [InlineData("smtp.bind")]
    [InlineData("http.hsts.enable")]
    [InlineData("server.listener.x.tls")]
    [InlineData("")]
    [InlineData("server")]
    [InlineData("server.")]
    [InlineData("..")]
    public void What_stands_in_complete_families_and_not_in_the_table_is_unknown(string key) => Assert.True(Names.Find(key).IsUnknown);

    public static TheoryData<int> Seeds => new(Enumerable.Range(0, 8));

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Slips_of_the_pen_are_recognised(int seed)
    {
        var random = new Random(seed);
        var readable = Names.All.Where(row => row.Shape is SettingShape.Value && row.IsReadBy(ServerVersion.Newest)).ToList();
        var seen = 0;
        foreach (var row in readable)
        {
            var key = Example(row.Pattern);
            var last = key.LastIndexOf('.') + 1;
            var word = key[last..];
            if (word.Length < 5)
                continue;
            var at = random.Next(1, word.Length - 1);
            var slip = key[..last] + random.Next(4) switch
            {
                0 => word.Remove(at, 1),
                1 => word.Insert(at, "x"),
                2 => char.ToUpperInvariant(word[0]) + word[1..],
                _ => word.Contains('-', StringComparison.Ordinal) ? word.Replace('-', '_') : word[..at] + word[at + 1] + word[at] + word[(at + 2)..],
            };
            if (!Names.Find(slip).IsUnknown)
                continue;
            seen++;
            Assert.Equal(key, Names.Suggest(slip, ServerVersion.Newest));
        }

        Assert.True(seen > 40);
    }
}
