using StalwartHardening.Plans;
using StalwartHardening.Server.Secrets;
using StalwartHardening.Settings;

namespace StalwartHardening.Generations;

/// <summary>
/// Finds the secrets that a plan writes out: fields that the schema marks as such, and passwords inside of addresses. What is in
/// a variable or a file has another variant (<c>registry/src/schema/structs.rs</c>, SecretKey and SecretText).
/// </summary>
internal static class PlanSecretReader
{
    public static IReadOnlyList<WrittenSecret> Read(PlanServer server)
    {
        var secrets = new List<WrittenSecret>();
        var settings = server.Document.InTextOrder;
        for (var i = 0; i < settings.Length; i++)
        {
            ref readonly var setting = ref settings[i];
            if (PlanKey.HoldsAddress(setting.Key))
                ReadMember(server, setting, server.Reading.ValueAt(i), secrets);
            if (setting.Value.Length == 0 || server.Reading.ValueAt(i) is not { Kind: PlanValueKind.Text, IsWritten: true, IsUnknown: false })
                continue;
            if (MayNameSecret(setting.Key) && PlanSecrets.IsSecret(setting.Key))
            {
                var use = UseOf(setting);
                secrets.Add(new WrittenSecret(setting, use, SecretReader.FormOf(setting.Value, use, server.Features, SigningKeyOf(setting.Key))) { IsHashedByServer = use == SecretUse.Password });
            }
            else if (setting.Value.IndexOf('@') > 0 && setting.Value.IndexOf("://", StringComparison.Ordinal) > 0 && SecretReader.SecretInside(setting) is { } text)
            {
                secrets.Add(new WrittenSecret(setting, SecretUse.Service, SecretReader.FormOf(text, SecretUse.Service, server.Features, setting.Key)) { Text = text, IsWholeValue = false });
            }
        }

        return secrets;
    }

    // An address that is a member of a set is in its key, which must not be shown then.
    private static void ReadMember(PlanServer server, in Setting setting, PlanValue value, List<WrittenSecret> secrets)
    {
        var member = setting with { Key = PlanKey.Parent(setting.Key), Value = PlanKey.Unescape(PlanKey.LastPart(setting.Key)) };
        if (value.IsWritten && SecretReader.SecretInside(member) is { } text)
            secrets.Add(new WrittenSecret(member, SecretUse.Service, SecretReader.FormOf(text, SecretUse.Service, server.Features, member.Key)) { Text = text, IsWholeValue = false });
    }

    // All names of secret fields end so; asking the schema takes longer.
    private static bool MayNameSecret(string key) =>
        PlanKey.EndsInLetters(key, "ecret") || PlanKey.EndsIn(key, "eabHmacKey") || PlanKey.EndsIn(key, "otpAuth");

    private static SecretUse UseOf(in Setting setting)
    {
        var key = setting.Key;
        if (PlanKey.HasPart(key, "privateKey") || setting.Value.TrimStart().StartsWith("-----BEGIN", StringComparison.Ordinal))
            return SecretUse.PrivateKey;
        if (PlanKey.IsBelow(key, "OidcProvider") || PlanKey.EndsIn(key, "signatureKey/secret"))
            return SecretUse.Key;
        return PlanKey.IsBelow(key, "Account") && PlanKey.EndsIn(key, "secret") ? SecretUse.Password : SecretUse.Service;
    }

    // What signs for all accounts is judged by its length too.
    private static string SigningKeyOf(string key) => PlanKey.IsBelow(key, "OidcProvider") ? WellKnownSecrets.SigningKey : key;
}
