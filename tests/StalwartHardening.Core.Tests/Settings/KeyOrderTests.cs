using System.Text;
using StalwartHardening.Settings;

namespace StalwartHardening.Tests.Settings;

/// <summary>Keys are in the order of their UTF-8 bytes, which is the server's, however many they are and whatever they share.</summary>
public class KeyOrderTests
{
    private static readonly string[] Parts = ["server", "server.listener", "listener", "l1", "l10", "l2", "0000", "0001", "0010", "bind", "", "ä", "\u0001", "\uE000", "\U0001F600", "tls.implicit"];

    [Fact]
    public void The_order_is_that_of_the_bytes()
    {
        for (var seed = 0; seed < 400; seed++)
            Sorts(new Random(seed));
    }

    [Fact]
    public void The_same_key_many_times_ends()
    {
        // No reader does this; a caller's own document may.
        var settings = Enumerable.Repeat(new Setting("server.listener.imap.bind", "", default, default), 100).Append(new Setting("a", "", default, default)).ToArray();
        var document = new SettingsDocument(settings, settings.Length, ServerVersion.Newest);
        Assert.Equal("a", document[0].Key);
    }

    [Fact]
    public void Keys_that_are_beginnings_of_each_other_do_not_use_up_the_stack()
    {
        var settings = Enumerable.Range(0, 1000).Select(length => new Setting(new string('a', 1000 - length), "", default, default)).ToArray();
        var document = new SettingsDocument(settings, settings.Length, ServerVersion.Newest);
        for (var i = 0; i < settings.Length; i++)
            Assert.Equal(i + 1, document[i].Key.Length);
    }

    private static void Sorts(Random random)
    {
        var isAscii = random.Next(2) == 0;
        var keys = new HashSet<string>(StringComparer.Ordinal);
        for (var count = random.Next(120); count > 0; count--)
        {
            var key = new StringBuilder();
            for (var parts = random.Next(1, 6); parts > 0; parts--)
                key.Append(key.Length == 0 ? "" : ".").Append(Parts[random.Next(isAscii ? 10 : Parts.Length)]);
            keys.Add(key.ToString());
        }

        string[] written = [.. keys];
        random.Shuffle(written);
        if (random.Next(4) == 0)
            Array.Sort(written, ByBytes);
        var document = new SettingsDocument([.. written.Select(key => new Setting(key, "", default, default))], written.Length, ServerVersion.Newest);
        var found = Enumerable.Range(0, document.Count).Select(position => document[position].Key).ToArray();
        Array.Sort(written, ByBytes);
        Assert.Equal(written, found);
        Assert.All(written, key => Assert.True(document.TryGet(key, out _)));
        for (var i = 0; i < 20; i++)
            FindsWhatBeginsSo(random, document, written);
    }

    // Beginnings of what is there, whole and cut, and of what is not.
    private static void FindsWhatBeginsSo(Random random, SettingsDocument document, string[] inOrder)
    {
        var prefix = inOrder.Length > 0 && random.Next(3) > 0 ? inOrder[random.Next(inOrder.Length)] : string.Join(".", random.GetItems(Parts, 2));
        var length = random.Next(prefix.Length + 1);
        if (length > 0 && char.IsHighSurrogate(prefix[length - 1]))
            length--;
        prefix = prefix[..length];
        Assert.Equal(inOrder.Where(key => key.StartsWith(prefix, StringComparison.Ordinal)), Keys(document.StartingWith(prefix)));
        Assert.Equal(inOrder.Where(key => key.StartsWith(prefix + ".", StringComparison.Ordinal)), Keys(document.Below(prefix)));
        Assert.Equal(inOrder.Contains(prefix), document.TryGet(prefix, out _));
    }

    private static List<string> Keys(SettingRange range)
    {
        var keys = new List<string>();
        foreach (ref readonly var setting in range)
            keys.Add(setting.Key);
        return keys;
    }

    private static int ByBytes(string left, string right) => Encoding.UTF8.GetBytes(left).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(right));
}
