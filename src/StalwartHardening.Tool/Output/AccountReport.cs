using System.Globalization;
using System.Text.Json;
using StalwartHardening.Generations;
using StalwartHardening.Server.Accounts;
using StalwartHardening.Settings;
using StalwartHardening.Tool.Checking;
using StalwartHardening.Tool.Formatting;

namespace StalwartHardening.Tool.Output;

/// <summary>Who may do what, as a table or as JSON.</summary>
internal sealed class AccountReport(AccountOverview overview, RunPlaces places)
{
    private static readonly (string Heading, AccountRight[] Rights)[] Columns =
    [
        ("ADMIN", [AccountRight.IsAdmin]),
        ("IMAP", [AccountRight.Imap]),
        ("POP3", [AccountRight.Pop3]),
        ("SIEVE", [AccountRight.Sieve]),
        ("JMAP", [AccountRight.JmapMail, AccountRight.JmapSubmission, AccountRight.JmapContacts, AccountRight.JmapCalendars, AccountRight.JmapFiles, AccountRight.JmapSieve]),
        ("WEBDAV", [AccountRight.DavContacts, AccountRight.DavCalendar, AccountRight.DavFiles]),
        ("SMTP", [AccountRight.EmailSend]),
        ("IMPERSONATE", [AccountRight.Impersonate]),
    ];

    /// <summary>
    /// <c>{"accounts": [{"name", "kind", "line" (in a run also "file"), "is_admin", "imap", ..., "through"}], "elsewhere": [...]}</c>. Rights are true, false, or null
    /// where the configuration does not tell.
    /// </summary>
    public void WriteJson(TextWriter output)
    {
        JsonText.Write(output, json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("accounts");
            foreach (var account in overview.Accounts)
            {
                json.WriteStartObject();
                json.WriteString("name", Name(account));
                json.WriteString("kind", NameOf(account.Kind));
                if (places.IsRun)
                    json.WriteString("file", places.PartAt(account.Place.Start).File.Path);
                json.WriteNumber("line", places.At(account.Place.Start).Line);
                foreach (var right in AccountRights.AllRights)
                {
                    json.WritePropertyName(JsonNamingPolicy.SnakeCaseLower.ConvertName(right.ToString()));
                    if (account[right] is { } has)
                        json.WriteBooleanValue(has);
                    else
                        json.WriteNullValue();
                }

                Write(json, "admin_permissions", account.AdminPermissions);
                Write(json, "permissions_total", account.TotalPermissions);
                json.WriteString("through", account.Through);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteTexts("elsewhere", overview.Elsewhere);
            json.WriteEndObject();
        });
    }

    /// <summary>A line for each account and one for what gives it its rights; then where other accounts may be.</summary>
    public void WriteTable(TextWriter output, Style style)
    {
        if (overview.Accounts.Count == 0)
        {
            output.Write("The configuration tells of no account.\n");
        }
        else
        {
            var width = Math.Max("ACCOUNT".Length, overview.Accounts.Max(account => Math.Min(Name(account).Length, 40)));
            output.Write($"{style.Quiet}{"ACCOUNT".PadRight(width)}");
            foreach (var (heading, _) in Columns)
                output.Write("  " + heading);
            output.Write($"{style.End}\n");
            foreach (var account in overview.Accounts)
                WriteRow(output, style, account, width);
        }

        if (overview.Elsewhere.Count > 0)
            output.Write('\n');
        foreach (var sentence in overview.Elsewhere)
            output.Write($"{style.Quiet}{Printable.Text(sentence)}{style.End}\n");
    }

    private static void WriteRow(TextWriter output, Style style, AccountRights account, int width)
    {
        output.Write($"{style.Bold}{Printable.Text(Name(account)).PadRight(width)}{style.End}");
        var parts = new List<string>();
        foreach (var (heading, rights) in Columns)
        {
            var cell = Cell(account, rights);
            if (cell == "part")
                parts.Add($"{heading}: only {string.Join(", ", rights.Where(right => account[right] == true).Select(right => right.ToString().Replace("Jmap", "", StringComparison.Ordinal).Replace("Dav", "", StringComparison.Ordinal).ToLowerInvariant()))}");
            output.Write($"  {cell.PadRight(heading.Length)}");
        }

        output.Write($"\n    {style.Quiet}{NameOf(account.Kind).Replace('_', ' ')}, {Count(account)}through {Printable.Text(SecretText.Mask(account.Through))}{style.End}\n");
        foreach (var part in parts)
            output.Write($"    {style.Quiet}{part}{style.End}\n");
        if (account[AccountRight.Authenticate] == false)
            output.Write($"    {style.Quiet}cannot log in{style.End}\n");
    }

    private static string Count(AccountRights account) => account.TotalPermissions switch
    {
        null => "",
        1 => "1 permission ",
        var count => string.Create(CultureInfo.InvariantCulture, $"{count} permissions "),
    };

    private static string Cell(AccountRights account, AccountRight[] rights) =>
        Array.TrueForAll(rights, right => account[right] == true) ? "yes"
        : Array.TrueForAll(rights, right => account[right] == false) ? "no"
        : Array.Exists(rights, right => account[right] is null) ? "?"
        : "part";

    private static void Write(Utf8JsonWriter json, string name, int? value)
    {
        if (value is { } known)
            json.WriteNumber(name, known);
        else
            json.WriteNull(name);
    }

    private static string Name(AccountRights account) => SecretText.Mask(account.Name).Replace(Setting.UnknownPart, '…');

    private static string NameOf(AccountKind kind) => JsonNamingPolicy.SnakeCaseLower.ConvertName(kind.ToString());
}
