using StalwartHardening.Settings;
using StalwartHardening.Toml;

namespace StalwartHardening.Tests;

/// <summary>
/// One construct of the language a row. The reader may follow it, or lose sight and say so; it must not be sure of something
/// that the program, run for real, does not write.
/// </summary>
public sealed class ReaderLimitsTests
{
    private const string Mail = """.AddListener("imap", MailProtocol.Imap).Bind(""";

    public static TheoryData<string, string> Programs => new()
    {
        // Exceptions.
        { $$"""try { server{{Mail}}993).WithImplicitTls(); } catch (Exception) { server.AddListener("never", MailProtocol.Pop3).Bind(110); } finally { server.Set("done", 1); }""", "" },
        { $$"""try { server{{Mail}}993); throw new InvalidOperationException(); } catch (InvalidOperationException) { server.Set("caught", 1); }""", "" },
        { $$"""try { Fail(); server{{Mail}}143); } catch (Exception e) when (e.Message == "x") { server.Set("caught", e.Message); }""", """static void Fail() => throw new Exception("x");""" },
        { $$"""try { server.Set("port", int.Parse("x")); } catch { server.Set("bad", "number"); }""", "" },
        // Calls that are bound when they run.
        { """Plan plan = DateTime.Now.Year > 3 ? new Secure() : new Plan(); plan.Apply(server);""", """class Plan { public virtual void Apply(StalwartServerBuilder s) => s.AddListener("a", MailProtocol.Imap).Bind(143); } class Secure : Plan { public override void Apply(StalwartServerBuilder s) => s.AddListener("a", MailProtocol.Imap).Bind(993); }""" },
        { """IPlan plan = new Secure(); plan.Apply(server);""", """interface IPlan { void Apply(StalwartServerBuilder s); } class Secure : IPlan { public void Apply(StalwartServerBuilder s) => s.AddListener("a", MailProtocol.Imap).Bind(993).WithImplicitTls(); }""" },
        { """new Derived().Run(server);""", """abstract class Base { public void Run(StalwartServerBuilder s) { s.Set("base", 1); Step(s); } protected abstract void Step(StalwartServerBuilder s); } class Derived : Base { protected override void Step(StalwartServerBuilder s) => s.Set("step", 2); }""" },
        { """Action<StalwartServerBuilder> all = s => s.Set("one", 1); all += s => s.Set("two", 2); all(server);""", "" },
        { """Func<int, int> add = x => x + 1; server.Set("n", add(41));""", "" },
        { """dynamic d = server; d.Set("k", "v");""", "" },
        { """typeof(StalwartServerBuilder).GetMethod("Set", new[] { typeof(string), typeof(string) })?.Invoke(server, new object[] { "k", "v" });""", "" },
        // Functions.
        { """static string Name(int n) { return n switch { > 1 => "many", 1 => "one", _ => "none" }; } server.Set("a", Name(1)).Set("b", Name(5)).Set("c", Name(0));""", "" },
        { """int Captured() { port++; return port; } var port = 990; server.Set("p", Captured()); server.Set("q", Captured());""".Replace("int Captured() { port++; return port; } var port = 990;", "var port = 990; int Captured() { port++; return port; }", StringComparison.Ordinal), "" },
        { """Add(ref name); server.Set("n", name);""".Insert(0, "var name = \"a\"; "), """static void Add(ref string text) => text += "b";""" },
        { """if (Try("x", out var value)) server.Set("v", value); else server.Set("v", "none");""", """static bool Try(string s, out string value) { value = s + "!"; return s.Length == 1; }""" },
        { """if (int.TryParse("12", out var n)) server.Set("n", n);""", "" },
        { """server.Set("a", Pick<int>(1, 2)).Set("b", Pick("x", "y"));""", """static T Pick<T>(T first, T second) => second;""" },
        { """server.Set("sum", Sum(1, 2, 3)).Set("none", Sum());""", """static int Sum(params int[] all) { var s = 0; foreach (var a in all) s += a; return s; }""" },
        { """Write(server, tail: "z", head: "a");""", """static void Write(StalwartServerBuilder s, string head = "h", string middle = "m", string tail = "t") => s.Set("k", head + middle + tail);""" },
        { """server.Set("f", Factorial(5));""", """static int Factorial(int n) => n <= 1 ? 1 : n * Factorial(n - 1);""" },
        { """foreach (var x in Numbers()) server.Set("n" + x, x);""", """static IEnumerable<int> Numbers() { yield return 1; yield return 2; }""" },
        { """server.Set("t", Later().Result);""", """static async System.Threading.Tasks.Task<string> Later() { await System.Threading.Tasks.Task.Yield(); return "late"; }""" },
        { """Hook(server);""", """static partial class Never { } static void Hook(StalwartServerBuilder s) { Inner(); void Inner() { s.Set("inner", 1); } }""" },
        // Branches.
        { """var mode = Environment.GetEnvironmentVariable("NOT_SET_HERE") ?? "default"; server.Set("mode", mode);""", "" },
        { """string none = null; server.Set("a", none ?? "b"); none ??= "c"; server.Set("d", none);""", "" },
        { """object o = 5; if (o is int n && n > 3) server.Set("n", n); else server.Set("other", 1);""", "" },
        { """switch (3) { case 1: server.Set("one", 1); break; case 3: server.Set("three", 3); goto case 4; case 4: server.Set("four", 4); break; default: server.Set("none", 0); break; }""", "" },
        { """var i = 0; while (i < 3) { i++; if (i == 2) continue; server.Set("w" + i, i); } do { i--; } while (i > 1); server.Set("i", i);""", "" },
        { """for (int a = 0, b = 10; a < b; a += 3, b -= 2) server.Set($"f{a}", b);""", "" },
        { """var x = 1; goto end; x = 2; end: server.Set("x", x);""", "" },
        { """var n = Environment.ProcessorCount; for (var i = 0; i < n; i++) server.Set("last", i);""", "" },
        { """if (Environment.ProcessorCount > 100000) return null; server.Set("after", 1);""", "" },
        { """server.Set("a", 1); if (DateTime.Now.Ticks > 0) { server.Set("a", 2); } server.Set("b", 3);""", "" },
        // Data.
        { """int[] a = [1, 2]; int[] b = [0, .. a, 3]; foreach (var x in b) server.Set("c" + x, x);""", "" },
        { """var list = new List<string> { "a" }; list.Add("b"); list.Insert(0, "z"); foreach (var x in list) server.Set(x, list.Count);""", "" },
        { """var map = new Dictionary<string, int> { ["a"] = 1, ["b"] = 2 }; map["a"] = 3; foreach (var pair in map) server.Set(pair.Key, pair.Value);""", "" },
        { """var array = new[] { 1, 2, 3 }; array[1] = 9; Array.Reverse(array); server.Set("first", array[0]).Set("second", array[1]);""", "" },
        { """var alias = new[] { 1 }; var other = alias; other[0] = 7; server.Set("a", alias[0]);""", "" },
        { """var p = new Point(1, 2); var q = p with { Y = 5 }; server.Set("p", p.Y).Set("q", q.Y); var (x, y) = q; server.Set("xy", x + y);""", """record Point(int X, int Y);""" },
        { """var h = new Holder(); h.Name = "n"; Change(h); server.Set("h", h.Name);""", """class Holder { public string Name = "start"; } static void Change(Holder h) => h.Name = "changed";""" },
        { """var c = new Counter(3); server.Set("c", c.Next()).Set("d", c.Next());""", """class Counter(int start) { private int _n = start; public int Next() => _n++; }""" },
        { """server.Set("s", Settings.Host).Set("r", Settings.Computed).Set("m", Settings.Mutable);""", """static class Settings { public const string Host = "h"; public static readonly string Computed = Host + "!"; public static string Mutable = "m"; static Settings() { Mutable = "changed"; } }""" },
        { """Field = "second"; server.Set("f", Field); Mutate(); server.Set("g", Field);""", """static string Field = "first"; static void Mutate() => Field = "third";""" },
        { """var (a, b) = (1, 2); (a, b) = (b, a); server.Set("a", a).Set("b", b);""", "" },
        { """using var stream = new System.IO.MemoryStream(); server.Set("length", (int)stream.Length);""", "" },
        { """server.Set("u", "abc".ToUpperInvariant()).Set("s", "abc".Substring(1)).Set("r", "a-b".Replace("-", "+")).Set("j", string.Join(",", new[] { "x", "y" })).Set("f", string.Format("{0}:{1}", "h", 25));""", "" },
        { """var text = new System.Text.StringBuilder("a"); text.Append('b').Append(3); server.Set("t", text.ToString());""", "" },
        { """checked { server.Set("n", unchecked((byte)300)); } server.Set("d", 7 / 2).Set("m", -7 % 3).Set("x", 1 << 4);""", "" },
        { """foreach (var x in Enumerable.Range(1, 3).Concat(new[] { 9 }).OrderByDescending(n => n).Take(2)) server.Set("x" + x, x);""", "" },
        { """foreach (var x in from n in new[] { 1, 2, 3 } where n > 1 select n * 10) server.Set("q" + x, x);""", "" },
        { """new[] { "a", "b" }.ToList().ForEach(x => server.Set(x, 1));""", "" },
        { """server.AddListener("a", MailProtocol.Imap, l => { l.Bind(143); l = null; });""", "" },
        { """var other = StalwartServer.CreateBuilder("other.example.org"); var chosen = DateTime.Now.Year > 3 ? server : other; chosen.Set("chosen", 1);""", "" },
        { """lock (typeof(Program)) { server.Set("locked", 1); }""", "" },
        { """System.Threading.Tasks.Parallel.ForEach(new[] { 1 }, x => server.Set("p", x));""", "" },
        { """int whole = 7; double half = whole; server.Set("d", (half / 2).ToString(System.Globalization.CultureInfo.InvariantCulture)); long big = int.MaxValue; server.Set("b", (big + 1).ToString()); var small = 300; server.Set("s", (byte)small);""", "" },
        { """for (var i = 0; ; i++) { if (i == 2) goto found; server.Set("before" + i, i); } found: server.Set("found", 1);""", "" },
        { """var all = new List<int>(); foreach (var x in new[] { 1, 2 }) { if (Environment.ProcessorCount > x - 10) all.Add(x); } server.Set("count", all.Count);""", "" },
        { """var list = new List<string> { "a" }; while (list.Count < 1 + Environment.ProcessorCount * 0 + 2) list.Add("b"); server.Set("n", list.Count);""", "" },
        { """string Checked(string s) => s.Length > 0 ? s : throw new ArgumentException(s); server.Set("c", Checked("x")); try { server.Set("d", Checked("")); } catch (ArgumentException) { server.Set("e", 1); }""", "" },
        { """try { try { throw new Exception(); } finally { server.Set("inner", 1); } } catch { server.Set("outer", 1); }""", "" },
        { """server.Set("p", Environment.NewLine.Length > 0 ? "yes" : "no").Set("key" + Environment.ProcessId, "v");""", "" },
    };

    [Theory]
    [MemberData(nameof(Programs))]
    public void The_reader_is_never_sure_of_what_is_not_written(string statements, string members)
    {
        var source = BuilderProgram.Source(statements, members);
        var compilation = BuilderProgram.Compile(source);
        var written = BuilderProgram.Run(compilation).ToToml();
        var really = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (ref readonly var setting in ServerTomlReader.Read(written, ServerVersion.Newest, TestContext.Current.CancellationToken).InTextOrder)
            really[setting.Key] = setting.Value;
        var servers = BuilderProgram.Flatten(compilation);

        // One of the ways the reader saw is the one the program went.
        var wrong = servers.Select(server => Wrong(server, really)).ToList();
        Assert.True(wrong.Contains(""), $"{statements}\nwrites\n{written}\nbut the reader says\n{string.Join("\nor\n", wrong)}");
    }

    private static string Wrong(SettingsDocument server, SortedDictionary<string, string> really)
    {
        var problems = new List<string>();
        var isAnyUnknown = !server.IsComplete;
        var keys = new HashSet<string>(StringComparer.Ordinal);
        foreach (ref readonly var setting in server.InTextOrder)
        {
            keys.Add(setting.Key);
            if (setting.Key.Contains(Setting.UnknownPart, StringComparison.Ordinal))
            {
                isAnyUnknown = true;
                continue;
            }

            var isKnown = !setting.Value.Contains(Setting.UnknownPart, StringComparison.Ordinal);
            if (!really.TryGetValue(setting.Key, out var value) && (isKnown || server.IsComplete))
                problems.Add($"{setting.Key} = {setting.Value}, which is not written");
            else if (isKnown && value != setting.Value)
                problems.Add($"{setting.Key} = {setting.Value}, not {value}");
        }

        foreach (var setting in really)
        {
            if (!isAnyUnknown && !keys.Contains(setting.Key))
                problems.Add($"nothing of {setting.Key} = {setting.Value}, and that this is all");
        }

        return string.Join("; ", problems);
    }
}
