using StalwartHardening.Rules;

namespace StalwartHardening.Tests.Rules.Reading;

public class DatabaseSettingInFileTests() : RuleTest("SWH0005")
{
    [Theory]
    [InlineData("config.local-keys = [\"store.*\"]\n⟦http.hsts⟧ = true\nhttp.use-x-forwarded = false\n")]
    [InlineData("config.local-keys = [\"*\", \"!http.*\"]\nstorage.data = \"x\"\n⟦http.hsts⟧ = true\n")]
    [InlineData("config.local-keys = \"store.*\"\n⟦http.hsts⟧ = true\n")]
    public void What_a_declared_list_does_not_cover_triggers_once(string marked) => Finds(marked);

    [Theory]
    [InlineData("http.hsts = true\n")]
    [InlineData("config.local-keys = [\"*\"]\nhttp.hsts = true\n")]
    [InlineData("config.local-keys = [\"HTTP.*\"]\nhttp.hsts = true\n")]
    [InlineData("config.local-keys = [\"*.hsts\"]\nhttp.hsts = true\n")]
    [InlineData("config.local-keys = [\"h?tp.*sts\"]\nhttp.hsts = true\n")]
    [InlineData("config.local-keys = [\"%{env:KEYS}%\"]\nhttp.hsts = true\n")]
    public void What_is_covered_or_left_to_the_servers_own_list_does_not_trigger(string text) => FindsNothing(text);
}
