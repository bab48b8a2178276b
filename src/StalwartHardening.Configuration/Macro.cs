using StalwartHardening.Configuration.Annotations;

namespace StalwartHardening.Configuration;

/// <summary>
/// Texts that the server fills in when it starts. In the settings of a listener only <see cref="FromEnvironment"/> works: the others
/// are filled in after the listeners have started.
/// </summary>
public static partial class Macro
{
    /// <summary>The value of an environment variable, <c>%{env:NAME}%</c>. An unset variable is an empty text, and the server starts all the same.</summary>
    /// <param name="variable">The variable's name.</param>
    /// <exception cref="ArgumentException">The name is empty or holds a brace or a percent sign.</exception>
    [SettingText("%{env:{variable}}%")]
    public static partial string FromEnvironment(string variable);

    /// <summary>The content of a file, <c>%{file:PATH}%</c>, final line break included. Where the file is missing the macro's own text stays.</summary>
    /// <param name="path">The file's path on the mail server.</param>
    /// <exception cref="ArgumentException">The path is empty or holds a brace or a percent sign.</exception>
    [SettingText("%{file:{path}}%")]
    public static partial string FromFile(string path);

    /// <summary>The value of another setting of the same file, <c>%{cfg:KEY}%</c>.</summary>
    /// <param name="key">The setting's key.</param>
    /// <exception cref="ArgumentException">The key is empty or holds a brace or a percent sign.</exception>
    [SettingText("%{cfg:{key}}%")]
    public static partial string FromSetting(string key);

    internal static string Checked(string text, string parameter)
    {
        if (string.IsNullOrEmpty(text) || text.IndexOfAny(['{', '}', '%', '\r', '\n']) >= 0)
            throw new ArgumentException($"'{text}' cannot appear in a macro.", parameter);
        return text;
    }
}
