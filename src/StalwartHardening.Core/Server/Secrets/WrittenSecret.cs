using StalwartHardening.Settings;

namespace StalwartHardening.Server.Secrets;

/// <summary>A secret that the configuration holds or names.</summary>
/// <param name="Setting">The setting. Its value appears in no message.</param>
/// <param name="Use">What the server does with it.</param>
/// <param name="Form">In which form it is written.</param>
internal sealed record WrittenSecret(Setting Setting, SecretUse Use, SecretForm Form)
{
    /// <summary>The secret alone, where it is inside an address or a header; the whole value elsewhere. For judging it, never for showing it.</summary>
    internal string Text { get; init; } = Setting.Value;

    /// <summary>Whether the server keeps a hash of it and nothing else, so that only the file holds the text.</summary>
    public bool IsHashedByServer { get; init; }

    /// <summary>Whether the secret is the whole value.</summary>
    public bool IsWholeValue { get; init; } = true;
}

/// <summary>What the server does with a secret.</summary>
internal enum SecretUse
{
    /// <summary>Passwords of people are compared with it; a hash will do.</summary>
    Password,

    /// <summary>The server shows it to another program and needs the text itself.</summary>
    Service,

    /// <summary>The server signs with it and needs the text itself.</summary>
    Key,

    /// <summary>A private key in the PEM form.</summary>
    PrivateKey,
}

/// <summary>In which form a secret is written.</summary>
internal enum SecretForm
{
    /// <summary>It is elsewhere: a macro, a placeholder that another program fills in.</summary>
    Elsewhere,

    /// <summary>A hash that takes long to guess.</summary>
    StrongHash,

    /// <summary>A salted hash that is computed fast.</summary>
    FastHash,

    /// <summary>A hash without salt, or of an algorithm that is broken.</summary>
    WeakHash,

    /// <summary>Nothing that any password matches.</summary>
    Nothing,

    /// <summary>As it is.</summary>
    PlainText,

    /// <summary>As it is, and everybody knows it: an example, a default, a word to be replaced.</summary>
    WellKnown,
}
