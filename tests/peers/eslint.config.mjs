import toml from "eslint-plugin-toml";

export default [...toml.configs["flat/recommended"]];
