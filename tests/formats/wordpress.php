<?php
// Shows posts as WordPress does: php wordpress.php SOCKET FOLDER < [{"content": "…", "converter": "", "block": "", "editors": false}, …]
// Writes a page with the scripts of an editor: php wordpress.php SOCKET FOLDER classic|blocks
error_reporting(E_ALL & ~E_DEPRECATED & ~E_WARNING & ~E_NOTICE);
define('ABSPATH', '/usr/share/wordpress/');
define('DB_NAME', 'wordpress');
define('DB_USER', 'root');
define('DB_PASSWORD', '');
define('DB_HOST', 'localhost:' . $argv[1]);
define('DB_CHARSET', 'utf8mb4');
define('DB_COLLATE', '');
define('WP_CONTENT_DIR', $argv[2]);
define('WP_HTTP_BLOCK_EXTERNAL', true);
define('DISABLE_WP_CRON', true);
define('WP_INSTALLING', true);
define('WP_DEBUG', false);
$table_prefix = 'wp_';
$_SERVER += ['HTTP_HOST' => 'blog.example', 'REQUEST_URI' => '/', 'SERVER_PROTOCOL' => 'HTTP/1.1'];
function wp_mail() { return true; }
ob_start();
require ABSPATH . 'wp-settings.php';
require ABSPATH . 'wp-admin/includes/upgrade.php';
if (!is_blog_installed()) { wp_install('Blog', 'admin', 'a@blog.example', false, '', 'password', 'fr_FR'); }
smilies_init();  // it looked for its option before there was one
$author = username_exists('author') ?: wp_insert_user(['user_login' => 'author', 'user_pass' => 'password', 'role' => 'author']);
wp_set_current_user($author);
if (current_user_can('unfiltered_html')) { exit(1); }
kses_init();
// An address that became an embed, whatever its host; without a handler, WordPress would have to ask that host.
wp_embed_register_handler('any', '#^https?://#i', fn() => '<embed>');
require_once 'Parsedown/Parsedown.php';
require_once 'ParsedownExtra/ParsedownExtra.php';

function converted(string $content, string $converter): string {
    return match ($converter) {
        '' => $content,
        'Parsedown' => (new Parsedown())->text($content),
        'Parsedown Extra' => (new ParsedownExtra())->text($content),
    };
}

function shown(array $case): string {
    $content = converted($case['content'], $case['converter']);
    if ($case['block']) { $content = "<!-- wp:{$case['block']} -->\n$content\n<!-- /wp:{$case['block']} -->"; }
    if ($case['editors']) { $content = serialize_blocks(parse_blocks($content)); }
    $id = wp_insert_post(wp_slash(['post_title' => 'A', 'post_content' => $content, 'post_status' => 'publish']));
    $GLOBALS['post'] = get_post($id);
    setup_postdata($GLOBALS['post']);
    return apply_filters('the_content', $GLOBALS['post']->post_content);
}

/** A page with an editor, whose scripts are read from Debian's folder. */
function page(string $editor): string {
    ob_start();
    echo '<!DOCTYPE html><meta charset="utf-8"><body>';
    if ($editor === 'classic') {
        set_current_screen('post');
        add_filter('user_can_richedit', '__return_true');
        wp_editor('', 'content', ['default_editor' => 'html', 'quicktags' => true]);
        do_action('admin_print_footer_scripts');
    } else {
        wp_print_scripts(['wp-block-library']);
    }
    return str_replace(['http:\/\/blog.example', 'http://blog.example'], 'file://' . rtrim(ABSPATH, '/'), ob_get_clean());
}

$out = isset($argv[3]) ? page($argv[3]) : array_map('shown', json_decode(stream_get_contents(STDIN), true));
while (ob_get_level()) { ob_end_clean(); }
echo json_encode($out, JSON_THROW_ON_ERROR);
