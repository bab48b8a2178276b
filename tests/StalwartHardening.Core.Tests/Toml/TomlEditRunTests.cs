using StalwartHardening.Edits;
using StalwartHardening.Plans;
using StalwartHardening.Settings;
using StalwartHardening.Toml;

namespace StalwartHardening.Tests.Toml;

/// <summary>Many edits of one list are made in one step: as one after the other would have made them, and without reading the text for each.</summary>
public sealed class TomlEditRunTests
{
    private static readonly string[] s_separators = [",", ", ", ",\n  ", " , # why\n  "];

    [Fact]
    public void Edits_together_do_what_they_do_one_by_one()
    {
        var random = new Random(20261128);
        for (var round = 0; round < 300; round++)
        {
            var count = random.Next(2, 9);
            var separator = s_separators[random.Next(s_separators.Length)];
            var text = "[server.listener.imap]\nprotocol = 'imap'\nbind = [" + string.Join(separator, Enumerable.Range(0, count).Select(static i => $"'[::]:{i + 1}'")) + "]\n[other]\na = 1\n";
            var chosen = Enumerable.Range(0, count).Where(_ => random.Next(3) > 0).ToList();
            if (chosen.Count == 0)
                continue;
            var isRemoval = random.Next(2) == 0;
            List<SettingEdit> edits = isRemoval
                ? [.. chosen.AsEnumerable().Reverse().Select(static i => new SettingEdit.Remove($"server.listener.imap.bind.{i:0000}"))]
                : [.. chosen.Select(static i => new SettingEdit.Set($"server.listener.imap.bind.{i:0000}", $"[::]:{i + 1001}"))];
            var single = text;
            foreach (var edit in edits)
                single = TextChange.Apply(single, TomlEditor.Apply(single, ServerVersion.Newest, [edit], TestContext.Current.CancellationToken)!);
            var together = TextChange.Apply(text, TomlEditor.Apply(text, ServerVersion.Newest, edits, TestContext.Current.CancellationToken)!);
            Assert.Equal(Values(single), Values(together));
            if (!isRemoval)
                Assert.Equal(single, together);
        }
    }

    // In bytes, not in time.
    [Fact]
    public void The_work_grows_with_the_list()
    {
        Work(10);
        var small = Work(400);
        Assert.InRange(Work(1600), 1, small * 4 * 1.9);

        static long Work(int count)
        {
            var text = "[server.listener.imap]\nprotocol = 'imap'\nbind = [" + string.Join(',', Enumerable.Range(0, count).Select(static i => $"'[::]:{i + 1024}'")) + "]\n";
            List<SettingEdit> edits = [.. Enumerable.Range(0, count).Select(static i => new SettingEdit.Set($"server.listener.imap.bind.{i:0000}", $"[::]:{i + 2024}"))];
            var before = GC.GetAllocatedBytesForCurrentThread();
            Assert.NotNull(TomlEditor.Apply(text, ServerVersion.Newest, edits, TestContext.Current.CancellationToken));
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    [Fact]
    public void The_work_grows_with_the_set_of_a_plan()
    {
        Work(20);
        var small = Work(200);
        Assert.InRange(Work(800), 1, small * 4 * 1.9);

        static long Work(int count)
        {
            var text = "{\"@type\":\"reconcile\",\"object\":\"NetworkListener\",\"value\":{\"imap\":{\"name\":\"imap\",\"protocol\":\"imap\",\"bind\":{" + string.Join(',', Enumerable.Range(0, count).Select(static i => $"\"[::]:{i + 1024}\":true")) + "}}}}\n";
            List<SettingEdit> edits = [.. Enumerable.Range(0, count).Select(static i => new SettingEdit.Set($"NetworkListener/imap/bind/[::]:{i + 1024}", $"[::]:{i + 4024}"))];
            var before = GC.GetAllocatedBytesForCurrentThread();
            Assert.NotNull(new PlanWriter(new PlanRunOptions()).Write(text, edits, TestContext.Current.CancellationToken));
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    private static List<string> Values(string text)
    {
        var values = new List<string>();
        foreach (ref readonly var setting in ServerTomlReader.Read(text, ServerVersion.Newest).InTextOrder)
            values.Add(setting.Key + "=" + setting.Value);
        return values;
    }
}
