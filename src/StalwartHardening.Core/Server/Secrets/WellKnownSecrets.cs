namespace StalwartHardening.Server.Secrets;

/// <summary>Texts where a secret should be, and that everybody knows: defaults, examples, words to be replaced.</summary>
internal static class WellKnownSecrets
{
    private static readonly HashSet<string> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        "password", "passwd", "pass", "secret", "admin", "administrator", "root", "user", "test", "testing", "demo", "guest", "default", "changeme", "changeit",
        "letmein", "qwerty", "welcome", "hunter2", "stalwart", "postgres", "mysql", "minio", "minioadmin", "redis", "mail", "mailserver", "example", "sample",
        "123456", "1234567", "12345678", "123456789", "1234", "12345", "password1", "password123", "passw0rd", "p@ssw0rd", "supersecret", "topsecret", "verysecret",
        "mysecret", "mypassword", "secretpassword", "adminpassword", "adminsecret", "rootpassword", "dbpassword", "userpassword", "testpassword", "secret123", "admin123",
        "test123", "stalwart123", "foobar", "foo", "bar", "none", "null", "todo", "fixme", "tbd", "placeholder", "xxx", "xxxx", "xxxxx", "xxxxxx", "xxxxxxxx",
    };

    // Words in which a text asks to be replaced.
    private static readonly string[] Requests =
    [
        "change-me", "change_me", "changeme", "change-this", "change_this", "changethis", "replace-me", "replace_me", "replaceme", "replace-with", "replace_with", "replace-this",
        "your-", "your_", "yourpassword", "yoursecret", "insert-", "insert_", "put-your", "put_your", "some-secret", "some_secret", "my-secret", "my_secret", "example-", "example_", "placeholder", "not-a-real", "goes-here", "goes_here",
    ];

    /// <summary>A setting whose secret signs for all accounts.</summary>
    internal const string SigningKey = "oauth.key";

    /// <summary>Whether <paramref name="text"/>, the value of the setting <paramref name="key"/>, is one.</summary>
    public static bool Contains(string text, string key)
    {
        var plain = text.Trim();
        if (Words.Contains(plain) || IsOneCharacter(plain) || (plain.Length > 2 && plain[0] == '<' && plain[plain.Length - 1] == '>'))
            return true;
        foreach (var request in Requests)
        {
            if (plain.IndexOf(request, StringComparison.OrdinalIgnoreCase) >= 0)
                return true;
        }

        // What signs for all accounts must not be guessed (RFC 7518, 3.2: as long as the hash).
        return plain.Length < 16 && key is SigningKey or "cluster.key";
    }

    private static bool IsOneCharacter(string text)
    {
        foreach (var c in text)
        {
            if (c != text[0])
                return false;
        }

        return true;
    }
}
