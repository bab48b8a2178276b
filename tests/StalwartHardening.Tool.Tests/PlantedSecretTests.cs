using System.Text;

namespace StalwartHardening.Tests;

/// <summary>Secrets planted where the syntax is broken at random, a name that promises one always before them: no output holds one.</summary>
public sealed class PlantedSecretTests : IDisposable
{
    private const string Marker = "hunter2Zx9q";

    // What is around a secret: {0}, and a second one after a break or a comma.
    private static readonly string[] Statements =
    [
        "authentication.fallback-admin.secret = \"{0}\"\n",
        "[authentication.fallback-admin]\nuser = \"admin\"\nsecret = \"{0}\"\n",
        "authentication.fallback-admin = { user = \"admin\", secret = \"{0}\" }\n",
        "[[directory.m.principals]]\nname = \"a\"\nsecret = [\"{0}\", \"{0}\"]\n",
        "directory.m.principals = [ { name = \"a\", secret = \"{0}\" }, { name = \"b\", secret = \"{0}\" } ]\n",
        "[oauth]\nkey = \"{0}\"\n",
        "oauth.key = '{0}'\n",
        "oauth = { key = \"{0}\" }\n",
        "[cluster]\nkey = \"\"\"{0}\"\"\"\n",
        "signature.rsa.private-key = '''\n-----BEGIN\n{0}\n-----END\n'''\n",
        "store.pg.password = {0}\n",
        "store.pg.url = \"postgres://user:{0}@db/mail\"\n",
        "store.pg.url = \"host=db password={0} port=1\"\n",
        "jmap.push.url = \"https://push.example.org/x?password={0}&y=1\"\n",
        "webhook.w.headers = [\"Authorization: Bearer {0}\", \"X-Api-Key: {0}\"]\n",
        "[server.listener.\"secret={0}\"]\nbind = \"[::]:143\"\nprotocol = \"imap\"\n",
        "store.pg.password = {0}#{0}\n",
        "password = \"ok\"\n{0}\n",
        "secret = \"ok\"\n\"{0}\"\n",
        "password \"{0}\"\n",
        "password =\n \"{0}\"\n",
        "secrets = [\"ok\" \"{0}\"]\n",
        "# password = {0}\n",
        "# [oauth]\n# key = \"{0}\"\n",
    ];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void No_output_holds_a_secret_from_broken_syntax(int seed)
    {
        const int Files = 300;
#pragma warning disable CA5394 // The same configurations in every run.
        var random = new Random(seed);
        for (var i = 0; i < Files; i++)
            _folder.Write($"{i:D3}.toml", Configuration(random, breaks: i < Statements.Length && seed == 0 ? 0 : random.Next(1, 4), i < Statements.Length && seed == 0 ? i : random.Next(Statements.Length)));
        foreach (var format in (string[])["text", "json", "sarif", "github", "gitlab", "junit"])
            AssertSilent(format, "check", "*.toml", "-f", format, "--min-severity", "info");
        AssertSilent("fix", "fix", "*.toml", "--all", "--min-severity", "info");
        for (var i = 0; i < Files; i += seed == 0 && i < Statements.Length ? 1 : 25)
        {
            foreach (var format in (string[])["table", "json", "toml"])
                AssertSilent($"{i:D3} settings {format}", "settings", $"{i:D3}.toml", "-f", format);
            AssertSilent($"{i:D3} exposure", "exposure", $"{i:D3}.toml");
        }
    }

    private static string Configuration(Random random, int breaks, int statement)
    {
        var text = new StringBuilder(Statements[statement]);
        // A comment has no syntax to break.
        for (; breaks > 0 && text[0] != '#'; breaks--)
            Break(random, text);
        return "[server.listener.smtp]\nbind = \"[::]:25\"\nprotocol = \"smtp\"\n\n" + text.Replace("{0}", Marker)
            + "\n[server.listener.imap]\nbind = \"[::]:143\"\nprotocol = \"imap\"\n";
    }

    // One mistake of a person at a keyboard. The secret and the name before it stay.
    private static void Break(Random random, StringBuilder text)
    {
        var places = Enumerable.Range(0, text.Length).Where(at => "=\"'[]{},\n.".Contains(text[at], StringComparison.Ordinal) && !IsPlaceholder(text, at) && !NamesIt(text, at)).ToArray();
        var place = places[random.Next(places.Length)];
        // Without its line break a table's name is no longer before a line break: the secret of the next line would have no name.
        switch (random.Next(5))
        {
            case 0 when text[place] is not ('\n' or '.'):
                text.Remove(place, 1);
                break;
            case 1 when text[place] is not ('\n' or '.'):
                text[place] = ' ';
                break;
            case 2:
                text.Insert(place, "\"'[]{},= #\n"[random.Next(11)]);
                break;
            case 3 when text[place] == '=':
                text.Insert(place + 1, '\n');
                break;
            default:
                text.Insert(place, text[place]);
                break;
        }
#pragma warning restore CA5394
    }

    private static bool IsPlaceholder(StringBuilder text, int at) => text[at] is '{' or '}' && (at + 1 < text.Length && text[at + 1] == '0' || at > 0 && text[at - 1] == '0');

    // password={0} inside a text: without the sign it is a word like any other, in a text that is not broken.
    private static bool NamesIt(StringBuilder text, int at) => text[at] == '=' && at + 1 < text.Length && text[at + 1] == '{';

    private void AssertSilent(string what, params string[] arguments)
    {
        var result = ToolProcess.Run(_folder.Root, arguments);
        var output = result.Output + result.Error;
        var at = output.IndexOf(Marker, StringComparison.Ordinal);
        if (at < 0)
            return;
        var shown = output[Math.Max(0, at - 400)..Math.Min(output.Length, at + 100)];
        var files = Directory.GetFiles(_folder.Root, "*.toml").Where(file => shown.Contains(Path.GetFileName(file), StringComparison.Ordinal)).Select(File.ReadAllText);
        Assert.Fail($"{what} shows a secret:\n{shown}\n----\n{string.Join("\n----\n", files)}");
    }
}
