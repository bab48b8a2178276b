using System.Globalization;
using StalwartHardening.Plans;

namespace StalwartHardening.Migration;

/// <summary>
/// Makes accounts of those that are in the configuration itself: the principals of the memory directory in use
/// (<c>directory/backend/memory/config.rs</c>, 0.15.5). An account of 0.16 is its e-mail address.
/// </summary>
internal sealed class AccountMigration(MigrationInput input, MigratedPlan plan)
{
    private readonly PlanType _type = PlanSchema.Instance.FindObject("Account".AsSpan())!;
    private readonly Dictionary<string, DraftBody> _groups = new(StringComparer.Ordinal);
    private readonly HashSet<string> _addresses = new(StringComparer.Ordinal);
    private DraftOperation? _groupOperation;
    private DraftOperation? _userOperation;

    /// <summary>Takes the settings of principals and makes their accounts.</summary>
    public void Build(HashSet<int> taken)
    {
        var used = input.ValueOf("storage.directory");
        var directory = SettingPath.Join("directory", used ?? "");
        var list = SettingPath.Join(directory, "principals");
        var isUsed = used is not null && input.ValueOf(SettingPath.Join(directory, "type")) == "memory";

        // A principal exists by its name; its own id may hold dots.
        var owners = input.All.Select(index => SettingPath.OwnerOf(input.Name(index)!, "name")).OfType<string>().Where(own => isUsed && SettingPath.IsBelow(own, list))
            .Distinct(StringComparer.Ordinal).OrderByDescending(static own => own.Length).ToList();
        var principals = new Dictionary<string, List<(int Index, string Below)>>(StringComparer.Ordinal);
        foreach (var index in input.All)
        {
            var name = input.Name(index)!;
            if (!SettingPath.IsBelow(name, "directory") || SettingPath.LastStartOf(name, "principals") < 0)
                continue;
            taken.Add(index);
            if (!isUsed || !SettingPath.IsBelow(name, list))
            {
                input.Decide(index, MigrationOutcome.NotRead, "Nobody logs in against this directory.");
                continue;
            }

            if (owners.Find(own => SettingPath.IsBelow(name, own)) is not { } principal)
            {
                input.Decide(index, MigrationOutcome.NotRead, "Without a name the server makes no account of it.");
                continue;
            }

            if (!principals.TryGetValue(principal, out var settings))
                principals.Add(principal, settings = []);
            settings.Add((index, SettingPath.Relative(name, principal)));
        }

        // Groups first: accounts refer to them.
        foreach (var principal in principals.OrderBy(principal => IsGroup(principal.Value) ? 0 : 1))
            Build(principal.Value);
    }

    private bool IsGroup(List<(int Index, string Below)> settings) => settings.Exists(setting => setting.Below == "class" && input.ValueAt(setting.Index) == "group");

    private void Build(List<(int Index, string Below)> settings)
    {
        List<int> Of(string name) => [.. settings.Where(setting => SettingPath.IsAtOrBelow(setting.Below, name)).OrderBy(static setting => setting.Below, StringComparer.Ordinal).Select(static setting => setting.Index)];
        var addresses = Of("email").Where(index => IsAddress(input.ValueAt(index))).ToList();
        if (addresses.Count == 0)
        {
            foreach (var (index, _) in settings)
                input.Decide(index, MigrationOutcome.NotWritable, "An account of 0.16 is its e-mail address, and this one has none that can be read.");
            return;
        }

        var value = DraftValue.Object(_type);
        var body = new DraftBody(plan.ClientId(_type, input.ValueAt(Of("name")[0])), value);
        value.Variant = _type.FindVariant((IsGroup(settings) ? "Group" : "User").AsSpan());
        WriteAddresses(value, addresses);
        foreach (var index in Of("name"))
        {
            value.Sources.Add(index);
            input.Decide(index, MigrationOutcome.Changed, "People log in with the whole address from 0.16 on.");
        }

        foreach (var index in Of("description").Take(1))
            Set(value, "description", DraftValue.Text(input.ValueAt(index)), index);
        foreach (var index in Of("class"))
            WriteClass(value, index);
        foreach (var index in Of("quota").Take(1))
            WriteQuota(value, index);
        WriteSecrets(value, Of("secret"));
        WriteGroups(value, Of("member-of"));
        if (IsGroup(settings))
            _groups[input.ValueAt(Of("name")[0])] = body;
        foreach (var (index, _) in settings)
        {
            if (!value.AllSources.Contains(index))
                input.Decide(index, MigrationOutcome.NoCounterpart, "The plan makes nothing of it; look at the account's aliases and at mailing lists.");
        }

        // The server makes it of the two; it only serves to find the account.
        value.Set("emailAddress", DraftValue.Text(input.ValueAt(addresses[0]).ToLowerInvariant()));
        if (!_addresses.Add(input.ValueAt(addresses[0]).ToLowerInvariant()))
        {
            foreach (var source in value.AllSources)
                input.Refuse(source, "Another account has the same address.");
            return;
        }

        (IsGroup(settings) ? _groupOperation ??= plan.Begin("upsert", _type, "emailAddress") : _userOperation ??= plan.Begin("upsert", _type, "emailAddress")).Bodies.Add(body);
    }

    private void WriteAddresses(DraftValue value, List<int> addresses)
    {
        var aliases = DraftValue.Collection();
        for (var i = 0; i < addresses.Count; i++)
        {
            var address = input.ValueAt(addresses[i]);
            var at = address.LastIndexOf('@');
            var target = i == 0 ? value : DraftValue.Object(PlanSchema.Instance.FindType("EmailAlias")!);
            Set(target, "name", DraftValue.Text(address.Substring(0, at)), addresses[i]);
            target.Set("domainId", MigratedPlan.RefersTo(plan.Domain(address.Substring(at + 1)), []));
            if (i > 0)
                aliases.Set((i - 1).ToString(CultureInfo.InvariantCulture), target);
        }

        if (aliases.Members.Count > 0)
            value.Set("aliases", aliases);
    }

    private void WriteClass(DraftValue value, int index)
    {
        value.Sources.Add(index);
        if (input.ValueAt(index) != "admin" || value.Variant?.FindField("roles".AsSpan()) is not { } field)
            return;
        var roles = DraftValue.Object(field.ValueType!);
        roles.Variant = field.ValueType!.FindVariant("Admin".AsSpan());
        Set(value, "roles", roles, index);

        // An administrator had every permission, and nothing ever said so.
        var permissions = DraftValue.Object(value.Variant.FindField("permissions".AsSpan())!.ValueType!);
        permissions.Variant = permissions.Type!.FindVariant("Merge".AsSpan());
        var disabled = DraftValue.Collection();
        disabled.Set("impersonate", DraftValue.Json("true"));
        permissions.Set("enabledPermissions", DraftValue.Collection());
        permissions.Set("disabledPermissions", disabled);
        value.Set("permissions", permissions);
        input.Decide(index, MigrationOutcome.Changed, "An administrator may no longer log in as other users (impersonate); grant it where that is wanted.");
    }

    private void WriteQuota(DraftValue value, int index)
    {
        if (!long.TryParse(input.ValueAt(index), NumberStyles.None, CultureInfo.InvariantCulture, out var quota))
            return;
        var quotas = DraftValue.Collection();
        quotas.Set("maxDiskQuota", DraftValue.Json(quota.ToString(CultureInfo.InvariantCulture)));
        if (quota > 0)
            Set(value, "quotas", quotas, index);
        else
            value.Sources.Add(index);
    }

    // The last one counts since 0.14 (secret.rs).
    private void WriteSecrets(DraftValue value, List<int> secrets)
    {
        for (var i = 0; i < secrets.Count - 1; i++)
            input.Decide(secrets[i], MigrationOutcome.NotRead, "Of several secrets only the last one counts.");
        if (secrets.Count == 0 || value.Variant?.FindField("credentials".AsSpan()) is not { } field)
            return;
        var last = secrets[secrets.Count - 1];
        var secret = input.ValueAt(last);
        if (secret.Length == 0 || ValueTranslation.HasMacro(secret))
        {
            input.Refuse(last, secret.Length == 0 ? "An empty secret lets nobody in." : "The password of an account cannot come from a variable or a file from 0.16 on; set it when the account exists.");
            return;
        }

        var credential = DraftValue.Object(field.ValueType!);
        credential.Variant = field.ValueType!.FindVariant("Password".AsSpan());
        Set(credential, "secret", DraftValue.Text(secret), last);
        var credentials = DraftValue.Collection();
        credentials.Set("0", credential);
        value.Set("credentials", credentials);
    }

    private void WriteGroups(DraftValue value, List<int> groups)
    {
        var members = DraftValue.Collection();
        foreach (var index in groups)
        {
            if (!_groups.TryGetValue(input.ValueAt(index), out var group) || value.Variant?.FindField("memberGroupIds".AsSpan()) is null)
                continue;
            var member = DraftValue.Json("true");
            member.Sources.Add(index);
            members.Set("#" + group.ClientId, member);
        }

        if (members.Members.Count > 0)
            value.Set("memberGroupIds", members);
    }

    private static void Set(DraftValue target, string name, DraftValue value, int source)
    {
        value.Sources.Add(source);
        target.Set(name, value);
    }

    private static bool IsAddress(string text)
    {
        var at = text.LastIndexOf('@');
        return at > 0 && at < text.Length - 1 && !ValueTranslation.HasMacro(text);
    }
}
